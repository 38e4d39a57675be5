//! Counts of the elements of one map.

use mapscope_parser::limits::MAX_U32_VALUES;
use mapscope_parser::problem::ProblemCode;

use crate::cpu_spread::{CpuSpread, CpuValues};
use crate::distinct::Distinct;
use crate::element::Element;
use crate::elements::Sizes;
use crate::lengths::Lengths;
use crate::map_dump::Dump;
use crate::number::exact;
use crate::sampler::Sampler;
use crate::sink::Notes;
use crate::tool_errors::ToolErrors;

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
    /// Values of CPUs are missing, so how many CPUs there are is not known.
    lacks_cpus: bool,
    inner_map_ids: Vec<f64>,
    value_u32s: Vec<u32>,
    /// Values of another size, or too many of them.
    no_u32s: bool,
    value_lengths: Lengths,
    cpu_spread: CpuSpread,
    pub errors: ToolErrors,
    sampler: Sampler,
}

impl Counts {
    /// Of a map about which this is known.
    pub fn of(header: Header) -> Self {
        Self { header, ..Self::default() }
    }

    /// Of a dump of which the first elements may be missing.
    pub fn behind_others(lossy: bool) -> Self {
        Self { lossy, ..Self::default() }
    }

    /// Whether the bytes of the next element are to be kept.
    #[inline]
    pub fn samples_next(&self) -> bool {
        self.sampler.wants(self.elements)
    }

    /// The sizes of the elements so far, if they were told and are not 0.
    pub fn sizes(&self) -> Option<Sizes> {
        let size = |size: Option<u64>| usize::try_from(size?).ok().filter(|&size| size > 0);
        Some(Sizes { key: size(self.key_size)?, value: size(self.value_size)? })
    }

    /// Counts an element that is complete.
    pub fn add(&mut self, element: &mut Element, notes: &mut Notes) {
        if !element.unreadable {
            self.check_cpus(&mut element.cpus, notes);
        }
        self.check_sizes(element, notes);
        self.add_quietly(element);
    }

    /// The same, without a word about sizes that differ.
    #[inline]
    pub fn add_quietly(&mut self, element: &mut Element) {
        let index = self.elements;
        self.elements = index.wrapping_add(1);
        self.distinct.add(element.key.hash.finish());
        self.key_size.get_or_insert(element.key.hash.length());
        if let Some(id) = element.inner_map_id {
            self.inner_map_ids.push(id);
        }
        if element.unreadable {
            self.unreadable = self.unreadable.wrapping_add(1);
            return;
        }
        if self.sampler.wants(index) {
            self.sampler.take(index, &mut element.key, &mut element.value);
        }
        self.nonzero = self.nonzero.wrapping_add(u64::from(element.value.used() > 0));
        self.value_size = self.value_size.or_else(|| element.value_size());
        if element.cpus.any() {
            self.add_cpus(&element.cpus);
        } else {
            self.value_lengths.add(element.value.used());
        }
        if !self.no_u32s {
            self.keep_u32(element);
        }
    }

    #[inline(never)]
    fn add_cpus(&mut self, cpus: &CpuValues) {
        cpus.used().iter().for_each(|&used| self.value_lengths.add(used));
        if let Some(count) = cpus.whole() {
            self.possible_cpus.get_or_insert(count);
            self.cpu_spread.add(cpus);
        } else {
            (self.lossy, self.lacks_cpus) = (true, true);
        }
    }

    /// Every element of a per-CPU map has a value for each CPU, in their order.
    fn check_cpus(&self, cpus: &mut CpuValues, notes: &mut Notes) {
        let others = self.possible_cpus.filter(|&others| others != cpus.count);
        let message = if cpus.lacks_values() {
            "an item of `values` has no `cpu` or no `value`: it is not known how many CPUs there are"
                .to_owned()
        } else if let (Some(others), true) = (others, cpus.whole().is_some()) {
            format!("there are values of {} CPUs where others have {others}", cpus.count)
        } else {
            return;
        };
        notes.add(ProblemCode::Malformed, message);
        cpus.damage();
    }

    fn check_sizes(&self, element: &Element, notes: &mut Notes) {
        let readable = !element.unreadable;
        let value_size = element.value_size().filter(|_| readable);
        for (what, own, others) in [
            ("key", Some(element.key.hash.length()), self.key_size),
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
        let number = element.value.as_u32().filter(|_| !element.cpus.any());
        match number {
            Some(number) if self.value_u32s.len() < MAX_U32_VALUES => self.value_u32s.push(number),
            _ => {
                self.no_u32s = true;
                self.value_u32s = Vec::new();
            }
        }
    }

    pub fn finish(self, complete: bool) -> Dump {
        let size = |size: Option<u64>| size.map_or(f64::NAN, exact);
        let known_cpus = !self.lacks_cpus;
        let numbers =
            |counts: &[u64]| counts.iter().filter(|_| known_cpus).copied().map(exact).collect();
        let (distinct_keys, distinct_keys_exact) = self.distinct.finish();
        let (value_lengths, value_length_counts) =
            self.value_lengths.iter().map(|(length, count)| (exact(length), exact(count))).unzip();
        Dump {
            map_id: self.header.map_id,
            map_type: self.header.map_type,
            name: self.header.name,
            elements: exact(self.elements),
            distinct_keys: exact(distinct_keys),
            distinct_keys_exact,
            nonzero_values: exact(self.nonzero),
            unreadable: exact(self.unreadable),
            errors: self.errors.finish().map(|(text, count)| (text, exact(count))).collect(),
            key_size: size(self.key_size),
            value_size: size(self.value_size),
            possible_cpus: self.possible_cpus.filter(|_| known_cpus),
            inner_map_ids: self.inner_map_ids,
            value_u32s: self.value_u32s,
            value_lengths,
            value_length_counts,
            nonzero_by_cpu: numbers(self.cpu_spread.by_cpu()),
            elements_by_cpus: numbers(self.cpu_spread.by_cpus()),
            sample: self.sampler.finish(),
            complete: complete && !self.lossy,
        }
    }
}
