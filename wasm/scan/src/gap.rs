//! What stands between records and is none: `...`, `// 200 more`, and whatever else takes the place of those left out.

use crate::number::{Integer, integer};

/// Bytes that are kept of it.
const KEPT: usize = 96;
/// Characters that are shown of it.
const SHOWN: usize = 40;

#[derive(Debug)]
pub struct Gap {
    pub offset: u64,
    text: Vec<u8>,
}

impl Gap {
    pub fn new(offset: u64, text: &[u8]) -> Self {
        let mut gap = Self { offset, text: Vec::new() };
        gap.add(text);
        gap
    }

    /// It goes on.
    pub fn add(&mut self, text: &[u8]) {
        let room = KEPT.saturating_sub(self.text.len());
        self.text.extend_from_slice(text.get(..room).unwrap_or(text));
    }

    /// True when a bracket opens it.
    pub fn opens_list(&self) -> bool {
        self.text.first() == Some(&b'[')
    }

    /// True when a bracket closes before the next record.
    pub fn closes_list(&self) -> bool {
        let end = self.text.iter().find(|byte| matches!(byte, b']' | b'{'));
        end == Some(&b']')
    }

    /// A bracket before it is a part of it.
    pub fn enclose(&mut self, offset: u64) {
        self.offset = offset;
        self.text.insert(0, b'[');
    }

    pub fn message(&self) -> String {
        let text = String::from_utf8_lossy(&self.text);
        let ends = |(at, char): (usize, char)| match char {
            '\n' | '{' => Some(at),
            ']' if self.opens_list() => Some(at.saturating_add(1)),
            '}' | ']' if at > 0 => Some(at),
            _ => None,
        };
        let end = text.char_indices().find_map(ends).unwrap_or(text.len());
        let line = text.get(..end).unwrap_or("").trim_end_matches([' ', '\t', '\r', ',']);
        let shown: String = line.chars().take(SHOWN).collect();
        format!(
            "`{shown}` stands where a record is expected; the records it stands for are missing"
        )
    }
}

/// Whether a bare word is a value of JSON.
pub fn is_value(word: &[u8]) -> bool {
    integer(word) != Integer::Not || matches!(word, b"true" | b"false" | b"null")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_ends_with_its_line() {
        for (text, shown) in [
            ("...", "..."),
            ("// 200 more\n  {\"id\":7", "// 200 more"),
            ("\u{2026}, ]", "\u{2026}"),
            ("} ,{\"id\":7", "}"),
            ("[... 37 more ...],\n  {\"id\":7", "[... 37 more ...]"),
            ("[\n  7", "["),
            (
                "<the other 131,000 maps of this node are left out here>",
                "<the other 131,000 maps of this node are",
            ),
        ] {
            let gap = Gap::new(0, text.as_bytes());
            assert!(gap.message().starts_with(&format!("`{shown}` ")), "{}", gap.message());
        }
    }
}
