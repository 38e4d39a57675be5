//! `bpftool map dump` as JSON: elements are counted, not kept.

use crate::document::Document;
use crate::dump_sink::DumpSink;
use crate::sampler::Sampled;
use mapscope_parser::error::{ParseError, Place};
use mapscope_parser::problem::Problem;

/// What was counted in the dump of one map. Sizes are NaN when there was no element.
#[derive(Debug, Clone, PartialEq)]
pub struct Dump {
    /// Id, type and name, where the dump or its batch command says them.
    pub map_id: Option<f64>,
    pub map_type: Option<String>,
    pub name: Option<String>,
    /// Elements listed.
    pub elements: f64,
    pub distinct_keys: f64,
    /// False when there were too many keys to hold.
    pub distinct_keys_exact: bool,
    /// Elements with a byte of value that is not 0.
    pub nonzero_values: f64,
    /// Elements whose value could not be read.
    pub unreadable: f64,
    /// What bpftool said of those, and how often; an empty text stands for messages past the limit.
    pub errors: Vec<(String, f64)>,
    pub key_size: f64,
    pub value_size: f64,
    /// Values of one element of a per-CPU map.
    pub possible_cpus: Option<u32>,
    /// In the order of the dump, where the dump gives them.
    pub inner_map_ids: Vec<f64>,
    /// Values of 4 bytes as little-endian numbers; empty when values have another size or there are too many.
    pub value_u32s: Vec<u32>,
    /// Bytes that values use, up to the last that is not zero, in ascending order, with the number of values of each.
    /// On a per-CPU map every CPU's value counts. Lengths past the limit are those of the next power of two.
    pub value_lengths: Vec<f64>,
    pub value_length_counts: Vec<f64>,
    /// By CPU: elements whose value there is not zero. Empty for other than per-CPU maps.
    pub nonzero_by_cpu: Vec<f64>,
    /// Elements that are not zero on no CPU, on one, on two, …
    pub elements_by_cpus: Vec<f64>,
    /// Some elements as they are.
    pub sample: Vec<Sampled>,
    /// False when elements are missing.
    pub complete: bool,
}

/// One item for each map in the input.
#[derive(Debug, Default)]
pub struct DumpList {
    pub dumps: Vec<Dump>,
    pub problems: Vec<Problem>,
}

/// Reads dumps in chunks.
pub struct MapDumpScanner(Document<DumpSink>);

impl MapDumpScanner {
    #[must_use]
    pub fn new() -> Self {
        Self(Document::new(DumpSink::default()))
    }

    /// Reads on.
    pub fn push(&mut self, chunk: &[u8]) {
        self.0.push(chunk);
    }

    /// What was counted.
    ///
    /// # Errors
    /// `WrongFormat` when this is no JSON list or object, and when there are records and none of them is an element.
    pub fn finish(self) -> Result<DumpList, ParseError> {
        let outcome = self.0.finish()?;
        if outcome.sink.is_foreign() {
            let message =
                "no object has the `key` and `value` that `bpftool map dump` gives for an element";
            return Err(ParseError::WrongFormat(Place::new(0, "$", message)));
        }
        let dumps = outcome.sink.finish(outcome.complete, outcome.found);
        Ok(DumpList { dumps, problems: outcome.problems })
    }
}

impl Default for MapDumpScanner {
    fn default() -> Self {
        Self::new()
    }
}
