//! Line breaks where no tool writes one: a terminal or a mail program put them into strings and numbers.

use crate::gap::is_value;
use crate::lexer::{ends_word, is_blank};

/// What is said of a string that had one.
pub const IN_TEXT: &str = "a line break inside a string is taken out; no tool writes one there";

/// A value that is no string, in two pieces.
#[derive(Debug, PartialEq, Eq)]
pub struct Torn {
    pub whole: Vec<u8>,
    /// Bytes of the first piece.
    pub first: usize,
    /// Bytes from the end of the first piece to the end of the second.
    pub back: usize,
}

/// Without the blanks, when a line break is among them. For what has none of its own: a key, a byte.
#[cold]
pub fn joined(raw: &[u8]) -> Option<Vec<u8>> {
    raw.contains(&b'\n').then(|| raw.iter().copied().filter(|&byte| !is_blank(byte)).collect())
}

/// Without the line breaks and what indents the lines behind them. One blank alone is the string's own.
pub fn removed(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    for (number, line) in raw.split(|&byte| byte == b'\n').enumerate() {
        let text = line.trim_ascii_start();
        let indent = line.len().saturating_sub(text.len());
        let is_own = number == 0 || (indent == 1 && line.first() == Some(&b' '));
        out.extend_from_slice(if is_own { line } else { text });
        while out.last() == Some(&b'\r') {
            out.pop();
        }
    }
    out
}

/// The value of a member that a line break tore; `before` ends with its second piece, `second`.
///
/// Only when both make a number or a literal, right behind a colon: in a list a comma may be missing between the two.
#[cold]
pub fn torn(before: &[u8], second: &[u8]) -> Option<Torn> {
    let rest = before.strip_suffix(second)?;
    let (rest, blanks) = split_behind(rest, |byte| !is_blank(byte));
    let (rest, first) = split_behind(rest, ends_word);
    let (rest, _) = split_behind(rest, |byte| !is_blank(byte));
    if first.is_empty() || !blanks.contains(&b'\n') || rest.last() != Some(&b':') {
        return None;
    }
    let whole = [first, second].concat();
    let back = blanks.len().saturating_add(second.len());
    is_value(&whole).then_some(Torn { whole, first: first.len(), back })
}

/// Cut behind the last byte that is an end.
fn split_behind(bytes: &[u8], is_end: impl Fn(u8) -> bool) -> (&[u8], &[u8]) {
    let at = bytes.iter().rposition(|&byte| is_end(byte));
    bytes.split_at(at.map_or(0, |at| at.saturating_add(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_joined_and_strings_keep_their_blanks() {
        assert_eq!(joined(b"bytes_mem\r\n  lock").as_deref(), Some(&b"bytes_memlock"[..]));
        assert_eq!(joined(b"owner jited"), None);
        assert_eq!(removed(b"tmux: \r\nserver"), b"tmux: server");
        assert_eq!(removed(b"kmesh_\n\n  backend"), b"kmesh_backend");
        assert_eq!(removed(b"No\r\n such file"), b"No such file");
        assert_eq!(removed(b"lone \r stays"), b"lone \r stays");
    }

    #[test]
    fn a_torn_value_is_one_only_where_nothing_else_can_be_meant() {
        for (before, second, whole) in [
            ("\"id\":409\n6", "6", Some("4096")),
            ("\"id\": 409\r\n      6", "6", Some("4096")),
            ("\"jited\":fal\nse", "se", Some("false")),
            ("\"id\":409 6", "6", None),
            ("[409\n6", "6", None),
            (",409\n6", "6", None),
            ("\"id\":409\nx", "x", None),
            ("\"id\":\n6", "6", None),
        ] {
            let found = torn(before.as_bytes(), second.as_bytes()).map(|it| it.whole);
            assert_eq!(found.as_deref(), whole.map(str::as_bytes), "{before}");
        }
    }
}
