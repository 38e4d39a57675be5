//! Passing over JSON that lies in a chunk as a whole and is sound; nothing is said of what is not.

use crate::lexer::{ends_word, is_blank, quote_or_backslash};
use crate::likeness::{Gap, GapKind};
use mapscope_parser::limits::MAX_DEPTH;

/// Containers that are followed; deeper values are left to the way through tokens.
const MAX_OPEN: u32 = 64;
const _: () = assert!(MAX_DEPTH > 64 + 8, "the containers around the value count too");

/// What follows the blanks.
#[inline]
pub fn blanks(input: &[u8]) -> &[u8] {
    let mut rest = input;
    while let [first, behind @ ..] = rest
        && is_blank(*first)
    {
        rest = behind;
    }
    rest
}

/// What follows a byte, with blanks before it.
#[inline]
pub fn byte(input: &[u8], byte: u8) -> Option<&[u8]> {
    match blanks(input) {
        [first, behind @ ..] if *first == byte => Some(behind),
        _ => None,
    }
}

/// What follows some bytes, with blanks before them.
#[inline]
pub fn literal<'a, const N: usize>(input: &'a [u8], text: &[u8; N]) -> Option<&'a [u8]> {
    let (first, behind) = blanks(input).split_first_chunk::<N>()?;
    (first == text).then_some(behind)
}

/// What follows a value. Values with anything in them that begins a record elsewhere are not passed: they may hide one.
/// `gaps` gets what may be exchanged for its like, and the value is passed all the same.
pub fn value<'a>(input: &'a [u8], gaps: &mut Vec<Gap>) -> Option<&'a [u8]> {
    let at = |rest: &[u8]| input.len().wrapping_sub(rest.len());
    // The kinds of the open containers, the innermost in the lowest bit: 1 for an object.
    let (mut objects, mut depth) = (0_u64, 0_u32);
    let mut rest = input;
    let mut is_first_of_list = false;
    loop {
        // A value begins here.
        rest = match blanks(rest) {
            [bracket @ (b'{' | b'['), behind @ ..] => {
                if depth >= MAX_OPEN {
                    return None;
                }
                depth = depth.wrapping_add(1);
                let is_object = *bracket == b'{';
                let in_list = depth > 1 && objects & 1 == 0;
                objects = (objects << 1) | u64::from(is_object);
                match (is_object, blanks(behind)) {
                    (true, [b'}', ..]) | (false, [b']', ..]) => behind,
                    (true, members) => {
                        if in_list && begins_record(members) {
                            return None;
                        }
                        rest = key(members)?;
                        is_first_of_list = false;
                        continue;
                    }
                    // A record begins with a list of such strings.
                    (false, items) if begins_with(items, b"\"0x") => return None,
                    (false, _) => {
                        rest = behind;
                        is_first_of_list = true;
                        continue;
                    }
                }
            }
            [b'"', behind @ ..] => {
                let (length, behind_text) = text(behind)?;
                // Another first text of a list may be the beginning of a record.
                if let (Some(length), false) = (length, is_first_of_list) {
                    let start = at(behind);
                    let end = start.wrapping_add(length);
                    gaps.push(Gap { start, end, kind: GapKind::Text });
                }
                behind_text
            }
            word => {
                let end = word.iter().position(|&byte| ends_word(byte))?;
                if end == 0 {
                    return None;
                }
                let start = at(word);
                gaps.push(Gap { start, end: start.wrapping_add(end), kind: GapKind::Word });
                word.get(end..)?
            }
        };
        is_first_of_list = false;
        // A value ended.
        loop {
            if depth == 0 {
                return Some(rest);
            }
            let is_object = objects & 1 == 1;
            match (blanks(rest), is_object) {
                ([b'}', behind @ ..], true) | ([b']', behind @ ..], false) => {
                    rest = behind;
                    depth = depth.wrapping_sub(1);
                    objects >>= 1;
                }
                ([b',', behind @ ..], true) => {
                    rest = key(behind)?;
                    break;
                }
                ([b',', behind @ ..], false) => {
                    rest = behind;
                    break;
                }
                _ => return None,
            }
        }
    }
}

/// What follows a key and its colon.
#[inline]
fn key(input: &[u8]) -> Option<&[u8]> {
    let [b'"', name @ ..] = blanks(input) else { return None };
    byte(text(name)?.1, b':')
}

/// Whether the first key of an object in a list is one that records begin with.
fn begins_record(input: &[u8]) -> bool {
    let names: [&[u8]; 3] = [b"\"id\"", b"\"error\"", b"\"command\""];
    names.iter().any(|name| begins_with(input, name))
}

/// Whether these bytes come first, blanks left out as they are where records are looked for: in strings too.
fn begins_with(input: &[u8], text: &[u8]) -> bool {
    let bytes = input.iter().filter(|&&byte| !is_blank(byte));
    bytes.take(text.len()).eq(text)
}

/// The length of a string that has no backslash, and what follows its end.
#[inline]
fn text(input: &[u8]) -> Option<(Option<usize>, &[u8])> {
    let mut rest = input;
    loop {
        let at = quote_or_backslash(rest)?;
        let is_plain = rest.len() == input.len();
        match rest.get(at..)? {
            [b'"', behind @ ..] => return Some((is_plain.then_some(at), behind)),
            [_, _, behind @ ..] => rest = behind,
            _ => return None,
        }
    }
}
