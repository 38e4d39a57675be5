//! Passing over values that are like the last one: `formatted` has the same keys in every element, and numbers that are
//! often the same too. Only what differs is looked at.

use crate::lexer::{ends_word, quote_or_backslash};
use crate::skip;

/// Where in a value something else may stand without anything around it being another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    pub start: usize,
    pub end: usize,
    pub kind: GapKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GapKind {
    Word,
    /// Between the quotes of a string that has no backslash.
    Text,
}

/// The last value that was passed on its own.
#[derive(Debug, Default)]
pub struct Likeness {
    text: Vec<u8>,
    /// In the order of the text, with something between every two.
    gaps: Vec<Gap>,
}

impl Likeness {
    /// What follows a value, as [`skip::value`] has it.
    #[inline]
    pub fn skip<'a>(&mut self, input: &'a [u8]) -> Option<&'a [u8]> {
        self.alike(input).or_else(|| self.learn(input))
    }

    /// What follows a value that differs from the last one in gaps only.
    fn alike<'a>(&self, input: &'a [u8]) -> Option<&'a [u8]> {
        if self.text.is_empty() {
            return None;
        }
        let (mut rest, mut own) = (input, self.text.as_slice());
        let mut gaps = self.gaps.iter();
        loop {
            let same = common(rest, own);
            if same == own.len() {
                return rest.get(same..);
            }
            let at = self.text.len().wrapping_sub(own.len()).wrapping_add(same);
            // Where the other one is longer, they differ just behind the gap.
            let gap = gaps.find(|gap| gap.end >= at).filter(|gap| gap.start <= at)?;
            let differing = rest.get(same..)?;
            let length = match gap.kind {
                GapKind::Word => differing.iter().position(|&byte| ends_word(byte))?,
                GapKind::Text => quote_or_backslash(differing)?,
            };
            if gap.kind == GapKind::Word && length == 0 && gap.start == at {
                return None;
            }
            rest = differing.get(length..)?;
            own = self.text.get(gap.end..)?;
        }
    }

    #[cold]
    fn learn<'a>(&mut self, input: &'a [u8]) -> Option<&'a [u8]> {
        self.text.clear();
        self.gaps.clear();
        let rest = skip::value(input, &mut self.gaps)?;
        // A word alone goes on as far as it likes.
        if let [b'{' | b'[', ..] = input {
            let length = input.len().wrapping_sub(rest.len());
            self.text.extend_from_slice(input.get(..length)?);
        }
        Some(rest)
    }
}

/// How many bytes both begin with.
#[inline]
fn common(one: &[u8], other: &[u8]) -> usize {
    const STEP: usize = 32;
    let mut same = 0_usize;
    let (ones, _) = one.as_chunks::<STEP>();
    let (others, _) = other.as_chunks::<STEP>();
    for (one, other) in ones.iter().zip(others) {
        if one != other {
            break;
        }
        same = same.wrapping_add(STEP);
    }
    let rest = one.get(same..).unwrap_or(&[]).iter().zip(other.get(same..).unwrap_or(&[]));
    same.wrapping_add(rest.take_while(|(one, other)| one == other).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: [&str; 6] = [
        r#"{"key":{"id":34,"prio":0},"value":{"ip":[16,0],"name":"eth0","none":"","on":true,"at":(nil)}}"#,
        "{\n    \"key\": 1,\n    \"value\": [[1,2],[3]\n    ]\n}",
        r#"{"a":["xy","x"],"b":[{"a":1},{}],"c":"a}]\"b","d":[]}"#,
        r#"[{"a":1},{"b":"id"},"x",-1.5e3]"#,
        r#"{"s":"\\","t":"u","":"v"}"#,
        "17",
    ];

    fn learned(value: &str) -> Likeness {
        let mut likeness = Likeness::default();
        let text = format!("{value},");
        assert_eq!(likeness.skip(text.as_bytes()), Some(&b","[..]), "{value}");
        likeness
    }

    /// Every text that one replaced, added or missing piece makes of it.
    fn near(value: &str) -> Vec<Vec<u8>> {
        let bytes = format!("{value},\"key\":[\"0x00\"]}}").into_bytes();
        let pieces: [&[u8]; 19] = [
            b"",
            b"0",
            b"7",
            b"-12345678901",
            b" ",
            b"\"",
            b"\\",
            b"{",
            b"}",
            b"[",
            b"]",
            b",",
            b":",
            b"\"0x1\"",
            b"{\"id\":1}",
            b"\n",
            b"x",
            b"\xff",
            b"0x",
        ];
        let mut all = Vec::new();
        for at in 0..=value.len() {
            for end in at..=value.len().min(at.saturating_add(3)) {
                for piece in pieces {
                    all.push([&bytes[..at], piece, &bytes[end..]].concat());
                }
            }
        }
        all
    }

    #[test]
    fn what_is_alike_is_passed_as_a_value_of_its_own() {
        let mut alike = 0;
        for value in VALUES {
            let likeness = learned(value);
            for text in VALUES.iter().flat_map(|other| near(other)) {
                if let Some(rest) = likeness.alike(&text) {
                    alike += 1;
                    let shown = String::from_utf8_lossy(&text);
                    assert_eq!(
                        skip::value(&text, &mut Vec::new()),
                        Some(rest),
                        "{value} and {shown}"
                    );
                }
            }
        }
        assert!(alike > 1000, "{alike}");
    }

    #[test]
    fn other_numbers_and_texts_are_alike() {
        let likeness = learned(VALUES[0]);
        for (old, new) in [
            ("34", "4294967295"),
            ("34", "3"),
            ("34", "34567"),
            ("16,0", "0,4294967295"),
            ("eth0", "a longer name than sixteen bytes"),
            ("eth0", ""),
            ("\"\"", "\"no more\""),
            ("true", "false"),
            ("(nil)", "0xffff"),
        ] {
            let text = format!("{},", VALUES[0].replacen(old, new, 1));
            assert_eq!(likeness.alike(text.as_bytes()), Some(&b","[..]), "{text}");
        }
        let both = VALUES[0].replace("34", "1").replace("eth0", "lo").replace("0]", "77]");
        assert_eq!(likeness.alike(format!("{both}}}").as_bytes()), Some(&b"}"[..]));
    }

    #[test]
    fn what_is_cut_is_not_alike() {
        let likeness = learned(VALUES[0]);
        for end in 0..VALUES[0].len() {
            assert_eq!(likeness.alike(&VALUES[0].as_bytes()[..end]), None, "{end}");
        }
    }

    #[test]
    fn the_first_text_of_a_list_is_not_exchanged() {
        let likeness = learned(r#"{"a":["xy","z"]}"#);
        assert_eq!(likeness.alike(br#"{"a":["0x","z"]}"#), None);
        assert_eq!(likeness.alike(br#"{"a":["xy","0x"]}"#), Some(&b""[..]));
    }
}
