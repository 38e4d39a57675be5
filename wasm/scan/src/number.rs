//! A bare word as an integer. bpftool writes no other numbers.

/// 2^53: up to here a JavaScript number holds every integer.
const EXACT: u64 = 1 << 53;

/// Up to so many digits cannot overflow 64 bits; bpftool writes no leading zeroes.
const MOST_DIGITS: usize = 19;

/// What a word says when it is read as an integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Integer {
    /// Within 2^53 of 0.
    Exact(i64),
    /// An integer further from 0 than 2^53.
    Inexact,
    /// No integer at all.
    Not,
}

/// Reads `-?[0-9]+`.
#[must_use]
pub fn integer(word: &[u8]) -> Integer {
    let (negative, digits) = match word {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.is_empty() {
        return Integer::Not;
    }
    let mut magnitude = 0_u64;
    for digit in digits {
        let value = digit.wrapping_sub(b'0');
        if value > 9 {
            return Integer::Not;
        }
        magnitude = magnitude.wrapping_mul(10).wrapping_add(u64::from(value));
    }
    match i64::try_from(magnitude) {
        Ok(size) if digits.len() <= MOST_DIGITS && magnitude <= EXACT => {
            Integer::Exact(if negative { size.wrapping_neg() } else { size })
        }
        _ => Integer::Inexact,
    }
}

/// A number up to 2^53 as a double; more is rounded.
#[must_use]
pub fn exact(number: u64) -> f64 {
    if let Ok(small) = u32::try_from(number) {
        return f64::from(small);
    }
    let half = |part: u64| f64::from(u32::try_from(part & 0xffff_ffff).unwrap_or(0));
    half(number >> 32) * 4_294_967_296.0 + half(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_and_what_is_none() {
        for (word, expected) in [
            ("0", Integer::Exact(0)),
            ("4096", Integer::Exact(4096)),
            ("-2147483648", Integer::Exact(-2_147_483_648)),
            ("9007199254740992", Integer::Exact(9_007_199_254_740_992)),
            ("9007199254740993", Integer::Inexact),
            ("18446744073709551616000", Integer::Inexact),
            ("-", Integer::Not),
            ("", Integer::Not),
            ("1.5", Integer::Not),
            ("0x10", Integer::Not),
            ("(nil)", Integer::Not),
        ] {
            assert_eq!(integer(word.as_bytes()), expected, "{word}");
        }
    }
}
