//! Distinct texts under small numbers, ready to cross the boundary as one string.

use crate::hash::HashTable;

/// Texts joined into one string. One long string crosses the boundary far faster than many short ones.
#[derive(Debug, Default)]
pub struct Texts {
    /// All texts, one after the other.
    pub joined: String,
    /// Where each ends in `joined`, in UTF-16 code units, as JavaScript counts them.
    pub ends: Vec<u32>,
}

/// Gives each distinct text a number, in the order of first appearance.
#[derive(Debug, Default)]
pub struct Interner {
    texts: Texts,
    bytes: Vec<(usize, usize)>,
    units: u32,
    numbers: HashTable,
}

impl Texts {
    /// Appends one text.
    fn push(&mut self, text: &str, end: u32) {
        self.joined.push_str(text);
        self.ends.push(end);
    }
}

impl Interner {
    /// The number of `text`, new or known.
    pub fn intern(&mut self, text: &str) -> i32 {
        let (texts, bytes) = (&mut self.texts, &mut self.bytes);
        let next = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let found =
            self.numbers.find_or_insert(crate::hash::of_bytes(text.as_bytes()), next, |number| {
                let range = usize::try_from(number).ok().and_then(|at| bytes.get(at));
                range.and_then(|&(start, end)| texts.joined.get(start..end)) == Some(text)
            });
        if found == next {
            let start = texts.joined.len();
            let units = u32::try_from(text.encode_utf16().count()).unwrap_or(0);
            self.units = self.units.saturating_add(units);
            texts.push(text, self.units);
            bytes.push((start, texts.joined.len()));
        }
        i32::try_from(found).unwrap_or(-1)
    }

    /// The text of a number that [`Self::intern`] gave.
    #[must_use]
    pub fn text(&self, number: i32) -> Option<&str> {
        let at = usize::try_from(number).ok()?;
        let &(start, end) = self.bytes.get(at)?;
        self.texts.joined.get(start..end)
    }

    /// All texts in the order of their numbers.
    #[must_use]
    pub fn finish(self) -> Texts {
        self.texts
    }
}

/// Texts that need not be distinct, in order.
#[derive(Debug, Default)]
pub struct TextList {
    texts: Texts,
    units: u32,
}

impl TextList {
    /// Appends one.
    pub fn push(&mut self, text: &str) {
        let units = u32::try_from(text.encode_utf16().count()).unwrap_or(0);
        self.units = self.units.saturating_add(units);
        self.texts.push(text, self.units);
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.ends.len()
    }

    /// True when there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.ends.is_empty()
    }

    /// All of them.
    #[must_use]
    pub fn finish(self) -> Texts {
        self.texts
    }
}
