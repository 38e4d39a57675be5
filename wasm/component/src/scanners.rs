//! The scanners as resources: the parser's, in a cell, taken out when they are finished.

use std::cell::RefCell;

use mapscope_scan::{Dump, MapDumpScanner, MapListScanner, ProgramListScanner, Sampled};

use crate::bindings::exports::mapscope::parse::{dumps, errors::ParseError, maps, programs};
use crate::convert;

#[derive(Default)]
pub struct Maps(RefCell<MapListScanner>);

impl maps::GuestMapListScanner for Maps {
    fn new() -> Self {
        Self::default()
    }

    fn push(&self, chunk: Vec<u8>) {
        self.0.borrow_mut().push(&chunk);
    }

    fn finish(&self) -> Result<maps::MapList, ParseError> {
        let list = self.0.take().finish().map_err(convert::error)?;
        Ok(maps::MapList {
            id: list.id,
            map_type: list.map_type,
            type_names: convert::texts(list.type_names),
            name: list.name,
            names: convert::texts(list.names),
            key_size: list.key_size,
            value_size: list.value_size,
            max_entries: list.max_entries,
            flags: list.flags,
            memlock_bytes: list.memlock_bytes,
            btf_id: list.btf_id,
            frozen: list.frozen,
            holders: convert::holders(list.holders),
            problems: convert::problems(list.problems),
            complete: list.complete,
        })
    }
}

#[derive(Default)]
pub struct Dumps(RefCell<MapDumpScanner>);

impl dumps::GuestMapDumpScanner for Dumps {
    fn new() -> Self {
        Self::default()
    }

    fn push(&self, chunk: Vec<u8>) {
        self.0.borrow_mut().push(&chunk);
    }

    fn finish(&self) -> Result<dumps::DumpList, ParseError> {
        let list = self.0.take().finish().map_err(convert::error)?;
        Ok(dumps::DumpList {
            dumps: list.dumps.into_iter().map(dump).collect(),
            problems: convert::problems(list.problems),
        })
    }
}

fn dump(dump: Dump) -> dumps::Dump {
    dumps::Dump {
        map_id: dump.map_id,
        map_type: dump.map_type,
        name: dump.name,
        elements: dump.elements,
        distinct_keys: dump.distinct_keys,
        distinct_keys_exact: dump.distinct_keys_exact,
        nonzero_values: dump.nonzero_values,
        unreadable: dump.unreadable,
        errors: dump.errors.into_iter().map(tool_error).collect(),
        key_size: dump.key_size,
        value_size: dump.value_size,
        possible_cpus: dump.possible_cpus,
        inner_map_ids: dump.inner_map_ids,
        value_u32s: dump.value_u32s,
        value_lengths: dump.value_lengths,
        value_length_counts: dump.value_length_counts,
        nonzero_by_cpu: dump.nonzero_by_cpu,
        elements_by_cpus: dump.elements_by_cpus,
        sample: dump.sample.into_iter().map(sampled).collect(),
        complete: dump.complete,
    }
}

fn tool_error((message, count): (String, f64)) -> dumps::ToolError {
    dumps::ToolError { message, count }
}

fn sampled(element: Sampled) -> dumps::Sampled {
    dumps::Sampled { index: element.index, key: element.key, value: element.value }
}

#[derive(Default)]
pub struct Programs(RefCell<ProgramListScanner>);

impl programs::GuestProgramListScanner for Programs {
    fn new() -> Self {
        Self::default()
    }

    fn push(&self, chunk: Vec<u8>) {
        self.0.borrow_mut().push(&chunk);
    }

    fn finish(&self) -> Result<programs::ProgramList, ParseError> {
        let list = self.0.take().finish().map_err(convert::error)?;
        Ok(programs::ProgramList {
            id: list.id,
            program_type: list.program_type,
            name: list.name,
            tag: list.tag,
            texts: convert::texts(list.texts),
            bytes_xlated: list.bytes_xlated,
            bytes_jited: list.bytes_jited,
            memlock_bytes: list.memlock_bytes,
            map_count: list.map_count,
            map_ids: list.map_ids,
            holders: convert::holders(list.holders),
            problems: convert::problems(list.problems),
            complete: list.complete,
        })
    }
}
