//! A JSON string as it stands in the input, and as text.

use std::borrow::Cow;

use crate::line_break;

/// The bytes between the quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text<'a> {
    /// Still escaped.
    pub raw: &'a [u8],
    /// There is a backslash in it.
    pub escaped: bool,
    /// It was longer than the limit; this is its beginning.
    pub cut: bool,
}

impl<'a> Text<'a> {
    /// The text, and what had to be repaired to get it.
    ///
    /// bpftool before 2023-02 wrote `\'`, and no version escapes control bytes or bytes that are not UTF-8.
    #[must_use]
    pub fn decode(&self) -> (Cow<'a, str>, Option<&'static str>) {
        let mut repair = self.cut.then_some("a string longer than 4,096 bytes is cut");
        let mut bytes = if self.escaped {
            Cow::Owned(unescape(self.raw, &mut repair))
        } else {
            Cow::Borrowed(self.raw)
        };
        if bytes.iter().any(|&byte| byte < 0x20) && self.raw.iter().any(|&byte| byte < 0x20) {
            if self.raw.contains(&b'\n') {
                let whole = line_break::removed(self.raw);
                bytes =
                    Cow::Owned(if self.escaped { unescape(&whole, &mut repair) } else { whole });
                repair = Some(line_break::IN_TEXT);
            } else if repair.is_none() {
                repair = Some("a control byte stands in a string without being escaped");
            }
        }
        let text = match bytes {
            Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
            Cow::Owned(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Cow::Owned(text),
                Err(error) => Cow::Owned(String::from_utf8_lossy(error.as_bytes()).into_owned()),
            },
        };
        if repair.is_none() && std::str::from_utf8(self.raw).is_err() {
            repair = Some("bytes in a string are not UTF-8; each is shown as U+FFFD");
        }
        (text, repair)
    }
}

fn unescape(raw: &[u8], repair: &mut Option<&'static str>) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    let mut rest = raw;
    loop {
        rest = match rest {
            [] => return out,
            [b'\\', b'u', tail @ ..] => unescape_unicode(tail, &mut out, repair),
            [b'\\', letter, tail @ ..] => {
                match letter {
                    b'"' | b'\\' | b'/' => out.push(*letter),
                    b'n' => out.push(b'\n'),
                    b't' => out.push(b'\t'),
                    b'r' => out.push(b'\r'),
                    b'f' => out.push(0x0c),
                    b'b' => out.push(0x08),
                    b'\'' => {
                        *repair = Some("`\\'` is no JSON escape; bpftool before 2023-02 wrote it");
                        out.push(b'\'');
                    }
                    other => {
                        *repair = Some("an escape that JSON does not know is kept as it is");
                        out.extend([b'\\', *other]);
                    }
                }
                tail
            }
            [byte, tail @ ..] => {
                out.push(*byte);
                tail
            }
        };
    }
}

/// `\uXXXX`, pairs of surrogates included; `tail` follows the `u`.
fn unescape_unicode<'a>(
    tail: &'a [u8],
    out: &mut Vec<u8>,
    repair: &mut Option<&'static str>,
) -> &'a [u8] {
    let Some((unit, rest)) = hex4(tail) else {
        *repair = Some("an escape that JSON does not know is kept as it is");
        out.extend(b"\\u");
        return tail;
    };
    let (code, rest) = match rest {
        [b'\\', b'u', low @ ..] if (0xd800..0xdc00).contains(&unit) => match hex4(low) {
            Some((low, after)) if (0xdc00..0xe000).contains(&low) => {
                let high = (unit & 0x3ff) << 10;
                ((high | (low & 0x3ff)).wrapping_add(0x1_0000), after)
            }
            _ => (unit, rest),
        },
        _ => (unit, rest),
    };
    let char = char::from_u32(code).unwrap_or_else(|| {
        *repair = Some("half of a surrogate pair is shown as U+FFFD");
        char::REPLACEMENT_CHARACTER
    });
    out.extend(char.encode_utf8(&mut [0; 4]).bytes());
    rest
}

fn hex4(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (digits, rest) = bytes.split_at_checked(4)?;
    let digits = std::str::from_utf8(digits)
        .ok()
        .filter(|it| it.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    Some((u32::from_str_radix(digits, 16).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(raw: &[u8]) -> (String, bool) {
        let (text, repair) = Text { raw, escaped: raw.contains(&b'\\'), cut: false }.decode();
        (text.into_owned(), repair.is_some())
    }

    #[test]
    fn escapes_and_their_repairs() {
        for (raw, text, repaired) in [
            (&b"plain"[..], "plain", false),
            (br#"a\"b\\c\/d"#, r#"a"b\c/d"#, false),
            (br"tab\tnewline\n", "tab\tnewline\n", false),
            (br"\u0041\u00e9\ud83d\ude00", "A\u{e9}\u{1f600}", false),
            (br"it\'s", "it's", true),
            (br"\x41", r"\x41", true),
            (br"\u12", r"\u12", true),
            (br"\ud800!", "\u{fffd}!", true),
            (b"bell\x07", "bell\x07", true),
            (b"kmesh_ba\r\nckend", "kmesh_backend", true),
            (b"a\\tb\nc", "a\tbc", true),
            (br"a\nb", "a\nb", false),
            (b"latin\xe9", "latin\u{fffd}", true),
        ] {
            assert_eq!(decoded(raw), (text.to_owned(), repaired), "{raw:?}");
        }
    }
}
