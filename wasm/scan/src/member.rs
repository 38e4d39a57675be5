//! `"key":value` in one go, up to where a container opens. Most of a list is made of these, and the way through tokens costs three times as much.

use crate::lexer::{ends_word, is_blank, quote_or_backslash};
use crate::text::Text;
use crate::walker::{Container, Event};
use mapscope_parser::limits::{MAX_TEXT, MAX_WORD};

/// One member of an object.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    pub key: Text<'a>,
    pub value: Event<'a>,
    /// Where in the input key and value begin, and where it goes on.
    pub key_at: usize,
    pub value_at: usize,
    pub end: usize,
    /// A comma was behind it.
    pub open: bool,
}

/// Reads a member that lies in the input as a whole, and is as simple as nearly all are; the rest is for the lexer.
#[expect(
    clippy::inline_always,
    reason = "a member is then kept in registers; measured: a quarter faster"
)]
#[inline(always)]
pub fn read(input: &[u8], at: usize) -> Option<Member<'_>> {
    let mut key_at = at;
    while is_blank(*input.get(key_at)?) {
        key_at = key_at.wrapping_add(1);
    }
    let (key, behind) = text(input.get(key_at..)?)?;
    let [b':', value @ ..] = behind else { return None };
    let value = if let [b' ', value @ ..] = value { value } else { value };
    let value_at = input.len().wrapping_sub(value.len());
    let (value, behind) = match value.first()? {
        b'"' => {
            let (text, behind) = text(value)?;
            (Event::Text(text), behind)
        }
        b'[' => (Event::Open(Container::Array), value.get(1..)?),
        b'{' => (Event::Open(Container::Object), value.get(1..)?),
        _ => {
            let mut end = 0_usize;
            while !ends_word(*value.get(end)?) {
                end = end.wrapping_add(1);
            }
            let (word, behind) = value.split_at_checked(end)?;
            if word.is_empty() || end > MAX_WORD {
                return None;
            }
            (Event::Word(word), behind)
        }
    };
    let is_scalar = !matches!(value, Event::Open(_));
    let open = is_scalar && behind.first() == Some(&b',');
    let end = input.len().wrapping_sub(behind.len()).wrapping_add(usize::from(open));
    Some(Member { key, value, key_at, value_at, end, open })
}

/// A string without a backslash, and what is behind it.
#[expect(
    clippy::inline_always,
    reason = "a member is then kept in registers; measured: a quarter faster"
)]
#[inline(always)]
fn text(input: &[u8]) -> Option<(Text<'_>, &[u8])> {
    let [b'"', rest @ ..] = input else { return None };
    let end = quote_or_backslash(rest)?;
    let (raw, behind) = rest.split_at_checked(end)?;
    match behind {
        [b'"', behind @ ..] if end <= MAX_TEXT => {
            Some((Text { raw, escaped: false, cut: false }, behind))
        }
        _ => None,
    }
}
