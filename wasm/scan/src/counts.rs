//! Counts of the elements of one map, and the element that is being read.

use crate::distinct::Distinct;
use crate::map_dump::Dump;
use crate::number::exact;
use crate::sink::Notes;
use mapscope_parser::hash::Hasher;
use mapscope_parser::limits::MAX_U32_VALUES;
use mapscope_parser::problem::ProblemCode;

/// One key with its value, or with its values on a per-CPU map.
#[expect(clippy::struct_excessive_bools, reason = "independent facts, not states")]
#[derive(Debug, Clone, Copy, Default)]
pub struct Element {
    pub key: Hasher,
    /// All CPUs' values, one after the other.
    pub value: Hasher,
    /// The arrays are complete.
    pub has_key: bool,
    pub has_value: bool,
    /// Something in them is no byte.
    pub has_odd_bytes: bool,
    /// The value is an error report.
    pub unreadable: bool,
    /// Items of `values`.
    pub cpus: u32,
    pub inner_map_id: Option<f64>,
}

/// What a dump or its command says of the map.
#[derive(Debug, Default)]
pub struct Header {
    pub map_id: Option<f64>,
    pub map_type: Option<String>,
    pub name: Option<String>,
}

/// What was counted so far.
#[derive(Debug, Default)]
pub struct Counts {
    header: Header,
    /// An element, or the end of the list, was lost.
    pub lossy: bool,
    elements: u64,
    distinct: Distinct,
    nonzero: u64,
    unreadable: u64,
    key_size: Option<u64>,
    value_size: Option<u64>,
    possible_cpus: Option<u32>,
    inner_map_ids: Vec<f64>,
    value_u32s: Vec<u32>,
    /// Values of another size, or too many of them.
    no_u32s: bool,
}

impl Element {
    pub fn is_complete(&self) -> bool {
        self.has_key && (self.has_value || self.unreadable) && !self.has_odd_bytes
    }

    fn value_size(&self) -> Option<u64> {
        self.value.length().checked_div(u64::from(self.cpus.max(1)))
    }
}

impl Counts {
    /// Of a map about which this is known.
    pub fn of(header: Header) -> Self {
        Self { header, ..Self::default() }
    }

    /// Counts an element that is complete.
    pub fn add(&mut self, element: &Element, notes: &mut Notes) {
        self.check_sizes(element, notes);
        self.add_quietly(element);
    }

    /// The same, without a word about sizes that differ.
    pub fn add_quietly(&mut self, element: &Element) {
        self.elements = self.elements.wrapping_add(1);
        self.distinct.add(element.key.finish());
        self.key_size.get_or_insert(element.key.length());
        if let Some(id) = element.inner_map_id {
            self.inner_map_ids.push(id);
        }
        if element.unreadable {
            self.unreadable = self.unreadable.wrapping_add(1);
            return;
        }
        self.nonzero = self.nonzero.wrapping_add(u64::from(element.value.any_nonzero()));
        self.value_size = self.value_size.or_else(|| element.value_size());
        if element.cpus > 0 {
            self.possible_cpus = self.possible_cpus.max(Some(element.cpus));
        }
        self.keep_u32(element);
    }

    fn check_sizes(&self, element: &Element, notes: &mut Notes) {
        let readable = !element.unreadable;
        let value_size = element.value_size().filter(|_| readable);
        for (what, own, others) in [
            ("key", Some(element.key.length()), self.key_size),
            ("value", value_size, self.value_size),
        ] {
            if let (Some(own), Some(others)) = (own, others)
                && own != others
            {
                notes.add(
                    ProblemCode::Malformed,
                    format!("the {what} has {own} bytes where others have {others}"),
                );
            }
        }
    }

    fn keep_u32(&mut self, element: &Element) {
        let number = element.value.small().and_then(|value| u32::try_from(value).ok());
        match number {
            Some(number)
                if element.value.length() == 4
                    && element.cpus == 0
                    && !self.no_u32s
                    && self.value_u32s.len() < MAX_U32_VALUES =>
            {
                self.value_u32s.push(number);
            }
            _ => {
                self.no_u32s = true;
                self.value_u32s = Vec::new();
            }
        }
    }

    pub fn finish(self, complete: bool) -> Dump {
        let size = |size: Option<u64>| size.map_or(f64::NAN, exact);
        Dump {
            map_id: self.header.map_id,
            map_type: self.header.map_type,
            name: self.header.name,
            elements: exact(self.elements),
            distinct_keys: exact(self.distinct.count()),
            distinct_keys_exact: self.distinct.is_exact(),
            nonzero_values: exact(self.nonzero),
            unreadable: exact(self.unreadable),
            key_size: size(self.key_size),
            value_size: size(self.value_size),
            possible_cpus: self.possible_cpus,
            inner_map_ids: self.inner_map_ids,
            value_u32s: self.value_u32s,
            complete: complete && !self.lossy,
        }
    }
}
