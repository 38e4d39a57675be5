//! Values of fields as numbers and names, and what is said when they are none.

use crate::number::{Integer, exact, integer};
use crate::sink::{Notes, Scalar};
use mapscope_parser::problem::ProblemCode;
use mapscope_parser::texts::Interner;

/// One more than the largest `__u32`.
const U32_END: i64 = 1 << 32;

/// An integer of at least 0; NaN, and a problem, when it is something else.
pub fn count(value: Scalar, notes: &mut Notes) -> f64 {
    below(value, i64::MAX, "an integer of at least 0", notes)
}

/// A `__u32`.
pub fn u32(value: Scalar, notes: &mut Notes) -> f64 {
    below(value, U32_END, "an integer from 0 to 2^32 - 1", notes)
}

/// Flags. bpftool before 2025-02 wrote them as a signed number.
pub fn flags(value: Scalar, notes: &mut Notes) -> f64 {
    if let Some(number) = negative(value)
        && let Ok(signed) = i32::try_from(number)
    {
        let unsigned = signed.cast_unsigned();
        let message = format!(
            "{number} is read as the unsigned {unsigned}; bpftool before 2025-02 wrote flags as signed"
        );
        notes.add(ProblemCode::Repaired, message);
        return f64::from(unsigned);
    }
    u32(value, notes)
}

/// `bytes_memlock`. bpftool before 2022-03 cut it to a signed number of 32 bits.
pub fn memlock(value: Scalar, notes: &mut Notes) -> f64 {
    if let Some(number) = negative(value) {
        let message =
            format!("{number} is cut to 32 bits, as bpftool before 2022-03 did; left out");
        notes.add(ProblemCode::Malformed, message);
        return f64::NAN;
    }
    count(value, notes)
}

fn negative(value: Scalar) -> Option<i64> {
    match value {
        Scalar::Word(word) => match integer(word) {
            Integer::Exact(number) if number < 0 => Some(number),
            _ => None,
        },
        Scalar::Text(_) => None,
    }
}

fn below(value: Scalar, end: i64, expected: &str, notes: &mut Notes) -> f64 {
    let Scalar::Word(word) = value else { return not_a(value, expected, notes) };
    match integer(word) {
        Integer::Exact(number) if number < end => match u64::try_from(number) {
            Ok(number) => exact(number),
            Err(_) => not_a(value, expected, notes),
        },
        Integer::Inexact => {
            let message =
                format!("{} is past 2^53 and cannot be held exactly; left out", shown(value));
            notes.add(ProblemCode::InexactInteger, message);
            f64::NAN
        }
        _ => not_a(value, expected, notes),
    }
}

/// 0 or 1; newer and older tools write `true` and `false`.
pub fn boolean(value: Scalar, notes: &mut Notes) -> f64 {
    match value {
        Scalar::Word(b"0" | b"false") => 0.0,
        Scalar::Word(b"1" | b"true") => 1.0,
        _ => not_a(value, "0 or 1", notes),
    }
}

/// A name, or the number that bpftool writes when it has no name for it; -1 when it is neither.
pub fn name(value: Scalar, names: &mut Interner, notes: &mut Notes) -> i32 {
    match value {
        Scalar::Text(text) => names.intern(&notes.decode(&text)),
        Scalar::Word(word) => {
            if let (Integer::Exact(_), Ok(digits)) = (integer(word), std::str::from_utf8(word)) {
                return names.intern(digits);
            }
            not_a(value, "a name or a number", notes);
            -1
        }
    }
}

fn not_a(value: Scalar, expected: &str, notes: &mut Notes) -> f64 {
    // What jq writes for a field that is not there.
    if matches!(value, Scalar::Word(b"null")) {
        return f64::NAN;
    }
    notes.add(ProblemCode::Malformed, format!("{} is not {expected}; left out", shown(value)));
    f64::NAN
}

/// A value as it stands in the input.
pub fn shown(value: Scalar) -> String {
    match value {
        Scalar::Text(text) => format!("{:?}", text.decode().0),
        Scalar::Word(word) => String::from_utf8_lossy(word).into_owned(),
    }
}
