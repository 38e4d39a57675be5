//! Finding the next record when the JSON around it is broken.
//!
//! bpftool writes some values in ways that are not JSON (a `char` that is a quote comes out as `"""`), and a strict
//! reader would then lose everything behind them. Records begin with bytes that stand nowhere else, so those are
//! looked for, blanks left out: `-p` and `-j` differ in nothing else.

use crate::lexer::is_blank;

/// Bytes that only the beginning of a record has.
#[derive(Debug)]
pub struct Landmark {
    pattern: u128,
    mask: u128,
    /// Which list the record is in.
    pub level: Level,
    /// The key that ends the pattern.
    pub key: &'static [u8],
    /// The pattern ends inside an array, the key's value.
    pub in_array: bool,
    /// It ends inside the array's first string, behind `0x`.
    pub in_hex: bool,
    /// Where it may stand.
    pub place: Place,
    /// What is before the record.
    pub before: Before,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// A comma, or what is not looked at.
    Comma,
    /// The end of another record.
    Record,
    /// The bracket of another list: the one that is being read was cut off.
    Bracket,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Anywhere.
    Anywhere,
    /// Between records, where nothing else opens.
    Between,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The list that is being read.
    Same,
    /// The list around it.
    Outer,
    /// The list of commands of a batch file.
    Batch,
}

impl Landmark {
    /// The next command of a batch file.
    pub const BATCH: Self = Self::new(br#"},{"command":["#, Level::Batch, b"command").in_array();

    /// The same behind what is no JSON.
    pub const BATCH_BETWEEN: Self =
        Self::new(br#"{"command":["#, Level::Batch, b"command").in_array().between();

    /// The first command of another batch file.
    pub const BATCH_LIST: Self =
        Self::new(br#"[{"command":["#, Level::Batch, b"command").in_array().opens_list();

    /// A landmark of at most 16 bytes, without blanks.
    pub const fn new(text: &[u8], level: Level, key: &'static [u8]) -> Self {
        let (mut pattern, mut mask, mut rest) = (0_u128, 0_u128, text);
        while let [byte, tail @ ..] = rest {
            pattern = (pattern << 8) | widen(*byte);
            mask = (mask << 8) | 0xff;
            rest = tail;
        }
        Self {
            pattern,
            mask,
            level,
            key,
            in_array: false,
            in_hex: false,
            place: Place::Anywhere,
            before: Before::Comma,
        }
    }

    /// The same, but for places inside of records.
    pub const fn between(self) -> Self {
        Self { place: Place::Between, ..self }
    }

    /// The same, of a record without a comma before it.
    pub const fn unseparated(self) -> Self {
        Self { before: Before::Record, ..self }
    }

    /// The same, of the first record of a list.
    pub const fn opens_list(self) -> Self {
        Self { before: Before::Bracket, ..self }
    }

    /// The same, inside the array that is the key's value.
    pub const fn in_array(self) -> Self {
        Self { in_array: true, ..self }
    }

    /// The same, behind the `0x` of the array's first byte.
    pub const fn in_hex(self) -> Self {
        Self { in_array: true, in_hex: true, ..self }
    }
}

/// The last 16 bytes that are no blanks.
#[derive(Debug, Clone, Copy, Default)]
pub struct Trail(u128);

impl Trail {
    /// The trail at the end of `input`, where `self` is the trail before it.
    pub fn after(self, input: &[u8]) -> Self {
        let mut last = [0_u8; 16];
        let found = input.iter().rev().copied().filter(|&byte| !is_blank(byte));
        let mut count = 0_usize;
        for (slot, byte) in last.iter_mut().rev().zip(found) {
            *slot = byte;
            count = count.wrapping_add(1);
        }
        let bits = u32::try_from(count).unwrap_or(16).wrapping_mul(8);
        Self(self.0.checked_shl(bits).unwrap_or(0) | u128::from_be_bytes(last))
    }

    /// True when the input ends as a list of objects does.
    pub fn ends_list(self) -> bool {
        self.ends_with(b"}]")
    }

    /// True when it ends as a list does whose last object ends with an object, as `formatted` is.
    pub fn ends_list_behind_object(self) -> bool {
        self.ends_with(b"}}]") || self.ends_with(b"}}]}]")
    }

    /// True when it ends as any list does.
    pub fn ends_array(self) -> bool {
        self.ends_with(b"]") || self.ends_with(b"]}")
    }

    fn ends_with(self, text: &[u8]) -> bool {
        let Landmark { pattern, mask, .. } = Landmark::new(text, Level::Same, b"");
        self.0 & mask == pattern
    }

    /// Reads on to the first landmark: which one, and where in `input` it ends.
    pub fn search<'a>(
        &mut self,
        input: &[u8],
        landmarks: &'a [Landmark],
        place: Place,
    ) -> Option<(usize, &'a Landmark)> {
        let mut end = 0_usize;
        for &byte in input {
            end = end.wrapping_add(1);
            if is_blank(byte) {
                continue;
            }
            self.0 = (self.0 << 8) | u128::from(byte);
            // The bytes that patterns end with.
            if matches!(byte, b':' | b'x' | b'[') {
                let may_stand = |it: &Landmark| it.place == Place::Anywhere || it.place == place;
                let found =
                    landmarks.iter().find(|it| self.0 & it.mask == it.pattern && may_stand(it));
                if let Some(landmark) = found {
                    return Some((end, landmark));
                }
            }
        }
        None
    }
}

const fn widen(byte: u8) -> u128 {
    // `From` is not yet const.
    #[expect(
        clippy::as_conversions,
        reason = "a byte always fits, and `From` cannot be called in a const fn"
    )]
    #[allow(clippy::cast_lossless, reason = "the same")]
    {
        byte as u128
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKS: &[Landmark] = &[Landmark::new(br#"},{"id":"#, Level::Same, b"id")];

    #[test]
    fn finds_a_record_through_blanks_and_across_pieces() {
        let text = b"junk \"} ,\n  {\n \"id\" : 7";
        for cut in 0..text.len() {
            let (before, behind) = text.split_at(cut);
            let mut trail = Trail::default();
            let end = match trail.search(before, MARKS, Place::Anywhere) {
                Some((end, _)) => Some(end),
                None => trail.search(behind, MARKS, Place::Anywhere).map(|(end, _)| cut + end),
            };
            assert_eq!(end, Some(text.len() - 2), "cut at {cut}");
        }
    }

    #[test]
    fn the_trail_is_the_same_however_it_is_cut() {
        let text = b"{\"abcdefghij\": [ 1, 2, 3 ] }\n]";
        let whole = Trail::default().after(text).0;
        for cut in 0..text.len() {
            let (before, behind) = text.split_at(cut);
            assert_eq!(Trail::default().after(before).after(behind).0, whole, "cut at {cut}");
        }
        assert!(Trail::default().after(text).ends_list());
    }
}
