//! Runs of `"0x1f",`: nearly all of a dump is made of them, so eight are read at a time.

use mapscope_parser::hash::Hasher;

/// Bytes of one item with what separates it from the next.
const ITEM: usize = 7;

/// `"0x`, `"` and `,` in a little-endian load of an item; the digits and the byte behind are masked out.
const FRAME: u64 = 0x002c_2200_0078_3022;
const FRAME_MASK: u64 = 0x00ff_ff00_00ff_ffff;
/// The same without the comma: the last item of an array has none.
const LAST_MASK: u64 = 0x0000_ff00_00ff_ffff;
const COMMA_MASK: u64 = FRAME_MASK & !LAST_MASK;

const EACH: u64 = 0x0101_0101_0101_0101;

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
pub fn read(input: &[u8], bytes: &mut Hasher) -> Run {
    let mut run = Run { length: 0, open: true };
    while run.open {
        let rest = input.get(run.length..).unwrap_or(&[]);
        let items = if let Some((word, open)) = eight(rest) {
            bytes.word(word);
            run.open = open;
            8
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

/// Eight items as a little-endian word, and whether a comma follows; lower case only, as bpftool writes it.
#[inline]
fn eight(input: &[u8]) -> Option<(u64, bool)> {
    // The last item is loaded with the byte behind it.
    let block = input.first_chunk::<{ 8 * ITEM + 1 }>()?;
    // Written out, because places that are known to the compiler need no checks.
    macro_rules! off_frame {
        ($at:literal) => {
            u64::from_le_bytes(*block.get($at..)?.first_chunk()?) ^ FRAME
        };
    }
    let (w0, w1, w2, w3) = (off_frame!(0), off_frame!(7), off_frame!(14), off_frame!(21));
    let (w4, w5, w6, w7) = (off_frame!(28), off_frame!(35), off_frame!(42), off_frame!(49));
    if ((w0 | w1 | w2 | w3 | w4 | w5 | w6) & FRAME_MASK) | (w7 & LAST_MASK) != 0 {
        return None;
    }
    let digits = |item: u64, place: u32| ((item >> 24) & 0xffff) << place;
    let low = digits(w0, 0) | digits(w1, 16) | digits(w2, 32) | digits(w3, 48);
    let high = digits(w4, 0) | digits(w5, 16) | digits(w6, 32) | digits(w7, 48);
    Some((four(low)? | (four(high)? << 32), w7 & COMMA_MASK == 0))
}

/// One item, and whether a comma follows.
#[inline]
fn one(input: &[u8]) -> Option<(u8, bool)> {
    let word = u64::from_le_bytes(*input.first_chunk()?);
    let off_frame = word ^ FRAME;
    if off_frame & LAST_MASK != 0 {
        return None;
    }
    // The digits that are not there are read as `0`.
    let digits = ((word >> 24) & 0xffff) | (EACH.wrapping_mul(0x30) & !0xffff);
    let byte = u8::try_from(four(digits)? & 0xff).ok()?;
    Some((byte, off_frame & COMMA_MASK == 0))
}

/// Eight hexadecimal digits, the first in the lowest byte, as four bytes.
fn four(digits: u64) -> Option<u64> {
    // `0` to `9` have bit 6 clear and their value below; `a` to `f` have it set and their value less 9.
    let letters = (digits >> 6) & EACH;
    let values = (digits & (EACH.wrapping_mul(0x0f))).wrapping_add(letters.wrapping_mul(9));
    // Written back they must be what they were read from: that tells digits from everything else.
    let is_letter = (values.wrapping_add(EACH.wrapping_mul(6)) >> 4) & EACH;
    let written =
        values.wrapping_add(EACH.wrapping_mul(0x30)).wrapping_add(is_letter.wrapping_mul(39));
    // `g` to `o` would come back unchanged, as 16 to 24.
    let too_large = values & EACH.wrapping_mul(0xf0);
    if written != digits || too_large != 0 {
        return None;
    }
    let pairs = ((values << 4) | (values >> 8)) & 0x00ff_00ff_00ff_00ff;
    let pairs = (pairs | (pairs >> 8)) & 0x0000_ffff_0000_ffff;
    Some((pairs | (pairs >> 16)) & 0xffff_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;
    use mapscope_parser::hash::of_bytes;

    fn items(bytes: &[u8]) -> String {
        bytes.iter().fold(String::new(), |text, byte| text + &format!("\"0x{byte:02x}\","))
    }

    #[test]
    fn every_byte_in_every_place_of_a_block() {
        let bytes: Vec<u8> = (0..=255).chain(0..=255).collect();
        for lead in 0..8 {
            let bytes = bytes.get(lead..).expect("long enough");
            let mut read_bytes = Hasher::default();
            let text = items(bytes);
            // Behind the last item there must be something, or it is not known to be whole.
            let run = read(format!("{text}\"").as_bytes(), &mut read_bytes);
            assert_eq!(run, Run { length: text.len(), open: true });
            assert_eq!(read_bytes.finish(), of_bytes(bytes));
        }
    }

    #[test]
    fn stops_before_what_is_no_item() {
        let good = items(&[1; 20]);
        for bad in
            ["\"0x1g\",", "\"0x/0\",", "\"0x:0\",", "\"0x`0\",", "\"0xZ0\",", "\"0x1\",", "17,"]
        {
            for count in 0..20 {
                let head = good.get(..count * ITEM).expect("long enough");
                let text = format!("{head}{bad}{good}");
                let run = read(text.as_bytes(), &mut Hasher::default());
                assert_eq!(run.length, head.len(), "{count} items, then {bad}");
            }
        }
    }

    #[test]
    fn the_last_item_of_an_array_has_no_comma() {
        for count in 1..40 {
            let items = items(&vec![7; count]);
            let array = items.trim_end_matches(',');
            for end in ["],\"value\":[", "\n        ],", " ,"] {
                let mut bytes = Hasher::default();
                let run = read(format!("{array}{end}").as_bytes(), &mut bytes);
                assert_eq!(run, Run { length: array.len(), open: false }, "{count} items");
                assert_eq!(bytes.finish(), of_bytes(&vec![7; count]));
            }
        }
    }
}
