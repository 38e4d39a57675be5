//! The element that is being read: one key with its value, or with its values on a per-CPU map.

use mapscope_parser::limits::{MAX_SAMPLED_KEY, MAX_SAMPLED_VALUE};

use crate::bytes::{Key, Value};
use crate::cpu_spread::CpuValues;

#[expect(clippy::struct_excessive_bools, reason = "independent facts, not states")]
#[derive(Debug, Default)]
pub struct Element {
    pub key: Key,
    /// All CPUs' values, one after the other.
    pub value: Value,
    /// The arrays are complete.
    pub has_key: bool,
    pub has_value: bool,
    /// Something in them is no byte.
    pub has_odd_bytes: bool,
    /// The value is an error report.
    pub unreadable: bool,
    /// What `values` holds.
    pub cpus: CpuValues,
    pub inner_map_id: Option<f64>,
}

impl Element {
    /// Another element begins; `sampled` is one of which the bytes are kept.
    pub fn restart(&mut self, sampled: bool) {
        self.key.restart(if sampled { MAX_SAMPLED_KEY } else { 0 });
        self.value.restart(if sampled { MAX_SAMPLED_VALUE } else { 0 });
        self.cpus.restart();
        (self.has_key, self.has_value) = (false, false);
        (self.has_odd_bytes, self.unreadable) = (false, false);
        self.inner_map_id = None;
    }

    /// Something of an element was read.
    pub fn is_begun(&self) -> bool {
        self.has_key || self.has_value || self.has_odd_bytes || self.key.hash.length() > 0
    }

    pub fn is_complete(&self) -> bool {
        self.has_key && (self.has_value || self.unreadable) && !self.has_odd_bytes
    }

    /// Bytes of one value.
    pub fn value_size(&self) -> Option<u64> {
        if self.cpus.any() { self.cpus.value_size() } else { Some(self.value.length()) }
    }

    /// An array of bytes of the value, or of one CPU's value, is over.
    pub fn end_value(&mut self) {
        self.has_value = true;
        if self.cpus.any() {
            self.cpus.end_value(self.value.length(), self.value.used());
        }
    }
}
