//! What stands between records and is none: `...`, `// 200 more`, and whatever else takes the place of those left out.

use crate::number::{Integer, integer};

/// Bytes that are kept of it.
const KEPT: usize = 64;
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

    pub fn message(&self) -> String {
        let text = String::from_utf8_lossy(&self.text);
        let ends = |(at, char): (usize, char)| {
            matches!(char, '\n' | '{') || (at > 0 && matches!(char, '}' | ']'))
        };
        let end = text.char_indices().find(|&it| ends(it)).map_or(text.len(), |(at, _)| at);
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
