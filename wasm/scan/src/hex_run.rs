//! Runs of `"0x1f",`: nearly all of a dump is made of them, so sixteen are read at a time.

use crate::hex_block::{self, BLOCK, ITEM, ITEMS};

/// What takes the bytes that are read.
pub trait Take {
    /// One byte.
    fn byte(&mut self, byte: u8);

    /// Up to sixteen bytes in two words, the first in the lowest place of the first; zeroes behind them.
    fn bytes(&mut self, words: [u64; 2], bytes: usize);
}

/// How much was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Bytes of the input.
    pub length: usize,
    /// They end with a comma, so that another item must follow.
    pub open: bool,
}

/// Reads whole items into `bytes`, each with the comma behind it, if there is one.
#[must_use]
#[inline]
pub fn read(input: &[u8], bytes: &mut impl Take) -> Run {
    let mut run = Run { length: 0, open: true };
    while run.open {
        let rest = input.get(run.length..).unwrap_or(&[]);
        let items = if let Some((words, open)) = sixteen(rest) {
            bytes.bytes(words, ITEMS);
            run.open = open;
            ITEMS
        } else if let Some((byte, open)) = one(rest) {
            bytes.byte(byte);
            run.open = open;
            1
        } else {
            break;
        };
        let comma = usize::from(run.open);
        run.length =
            run.length.wrapping_add(ITEM.wrapping_mul(items)).wrapping_add(comma).wrapping_sub(1);
    }
    run.open &= run.length > 0;
    run
}

/// Reads an array's last items, so many of them, into `bytes`, and gives what follows. Nothing when there are not so
/// many, or when too little of what follows is there.
#[inline]
pub fn exactly<'a>(input: &'a [u8], items: usize, bytes: &mut impl Take) -> Option<&'a [u8]> {
    let (mut rest, mut left) = (input, items);
    while left > ITEMS {
        let (block, behind) = rest.split_first_chunk::<BLOCK>()?;
        let words = hex_block::read(block, ITEMS)?;
        if block.last() != Some(&b',') {
            return None;
        }
        bytes.bytes(words, ITEMS);
        rest = behind;
        left = left.wrapping_sub(ITEMS);
    }
    bytes.bytes(hex_block::read(rest.first_chunk::<BLOCK>()?, left)?, left);
    // Without the comma that the last one does not have.
    rest.get(ITEM.wrapping_mul(left).checked_sub(1)?..)
}

/// The byte that the text `0x1f` stands for; upper case is read too, one digit is not enough.
#[must_use]
pub fn byte(text: &[u8]) -> Option<u8> {
    match text {
        [b'0', b'x', high, low] => Some((digit(*high)? << 4) | digit(*low)?),
        _ => None,
    }
}

fn digit(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Sixteen items as little-endian words, and whether a comma follows.
#[inline]
fn sixteen(input: &[u8]) -> Option<([u64; 2], bool)> {
    let block = input.first_chunk::<BLOCK>()?;
    Some((hex_block::read(block, ITEMS)?, block.last() == Some(&b',')))
}

/// One item, and whether a comma follows.
#[inline]
pub fn one(input: &[u8]) -> Option<(u8, bool)> {
    let [b'"', b'0', b'x', high, low, b'"', behind] = *input.first_chunk::<ITEM>()? else {
        return None;
    };
    let byte = (lower_digit(high)? << 4) | lower_digit(low)?;
    Some((byte, behind == b','))
}

#[inline]
fn lower_digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit.wrapping_sub(b'0')),
        b'a'..=b'f' => Some(digit.wrapping_sub(b'a' - 10)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Bytes(Vec<u8>);

    impl Take for Bytes {
        fn byte(&mut self, byte: u8) {
            self.0.push(byte);
        }

        fn bytes(&mut self, words: [u64; 2], bytes: usize) {
            let all = words.map(u64::to_le_bytes).concat();
            let (taken, rest) = all.split_at(bytes);
            self.0.extend(taken);
            assert!(rest.iter().all(|&byte| byte == 0));
        }
    }

    fn items(bytes: &[u8]) -> String {
        bytes.iter().fold(String::new(), |text, byte| text + &format!("\"0x{byte:02x}\","))
    }

    #[test]
    fn every_byte_in_every_place_of_a_block() {
        let bytes: Vec<u8> = (0..=255).chain(0..=255).collect();
        for lead in 0..16 {
            let bytes = bytes.get(lead..).expect("long enough");
            let mut read_bytes = Bytes::default();
            let text = items(bytes);
            // Behind the last item there must be something, or it is not known to be whole.
            let run = read(format!("{text}\"").as_bytes(), &mut read_bytes);
            assert_eq!(run, Run { length: text.len(), open: true });
            assert_eq!(read_bytes.0, bytes);
        }
    }

    #[test]
    fn stops_before_what_is_no_item() {
        let good = items(&[1; 40]);
        for bad in [
            "\"0x1g\",",
            "\"0x/0\",",
            "\"0x:0\",",
            "\"0x`0\",",
            "\"0x0A\",",
            "\"0xZ0\",",
            "\"0x1\",",
            "\"0\u{00e9}1\",",
            "\"0x00\" ",
            "17,",
        ] {
            for count in 0..40 {
                let head = good.get(..count * ITEM).expect("long enough");
                let text = format!("{head}{bad}{good}");
                let mut bytes = Bytes::default();
                let run = read(text.as_bytes(), &mut bytes);
                let last = usize::from(bad.ends_with(' '));
                assert_eq!(
                    bytes.0,
                    vec![1; count].into_iter().chain(vec![0; last]).collect::<Vec<u8>>(),
                    "{count} items, then {bad}"
                );
                assert_eq!(run.length, head.len() + last * (ITEM - 1), "{count} items, then {bad}");
            }
        }
    }

    #[test]
    fn the_last_item_of_an_array_has_no_comma() {
        for count in 1..70 {
            let items = items(&vec![7; count]);
            let array = items.trim_end_matches(',');
            for end in ["],\"value\":[", "\n        ],", " ,"] {
                let mut bytes = Bytes::default();
                let run = read(format!("{array}{end}").as_bytes(), &mut bytes);
                assert_eq!(run, Run { length: array.len(), open: false }, "{count} items");
                assert_eq!(bytes.0, vec![7; count]);
            }
        }
    }

    #[test]
    fn so_many_items_and_no_others() {
        for count in 1..70 {
            let values: Vec<u8> = (0..count).collect();
            let text = items(&values);
            let array = text.trim_end_matches(',');
            let padding = " ".repeat(BLOCK);
            let exactly = |text: &str, count: u8| {
                let mut bytes = Bytes::default();
                let rest = exactly(text.as_bytes(), usize::from(count), &mut bytes);
                rest.map(|rest| (text.len() - rest.len(), bytes.0))
            };
            let expected = Some((array.len(), values.clone()));
            assert_eq!(exactly(&format!("{array}]{padding}"), count), expected, "{count} items");
            assert_eq!(exactly(&format!("{array}]{padding}"), count + 1), None, "{count} items");
            for at in 0..array.len() {
                let mut damaged = format!("{array}]{padding}").into_bytes();
                for byte in [b'g', b'A', b'/', b':', b'`', b'\0', b' ', b'"', b',', 0x30 ^ 0x80] {
                    let slot = damaged.get_mut(at).expect("in it");
                    let good = std::mem::replace(slot, byte);
                    let mut bytes = Bytes::default();
                    let rest = super::exactly(&damaged, usize::from(count), &mut bytes);
                    assert_eq!(rest.is_some(), good == byte, "{count} items, {byte} at {at}");
                    *damaged.get_mut(at).expect("in it") = good;
                }
            }
        }
    }
}
