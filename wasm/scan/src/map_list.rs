//! `bpftool map show` as JSON: a row for each map.

use crate::document::Document;
use crate::fields;
use crate::holders::{self, HolderReader, Holders};
use crate::keys::Command;
use crate::landmark::{Landmark, Level};
use crate::sink::{Interest, Kept, Notes, Scalar, Sink};
use crate::walker::Container;
use mapscope_parser::error::{ParseError, Place};
use mapscope_parser::problem::{Problem, ProblemCode};
use mapscope_parser::texts::{Interner, Texts};

/// Row i of every column is one map; NaN, and -1 in `name` and `map_type`, is what the input did not say.
#[derive(Debug, Default)]
pub struct MapList {
    pub id: Vec<f64>,
    /// Index into `type_names`.
    pub map_type: Vec<i32>,
    pub type_names: Texts,
    /// Index into `names`.
    pub name: Vec<i32>,
    pub names: Texts,
    pub key_size: Vec<f64>,
    pub value_size: Vec<f64>,
    pub max_entries: Vec<f64>,
    pub flags: Vec<f64>,
    pub memlock_bytes: Vec<f64>,
    pub btf_id: Vec<f64>,
    /// 0 or 1.
    pub frozen: Vec<f64>,
    pub holders: Holders,
    pub problems: Vec<Problem>,
    /// False when the document begins late or ends early, and when something else stands in place of records.
    pub complete: bool,
}

/// Reads the list in chunks.
pub struct MapListScanner(Document<MapSink>);

impl MapListScanner {
    #[must_use]
    pub fn new() -> Self {
        Self(Document::new(MapSink::default()))
    }

    /// Reads on.
    pub fn push(&mut self, chunk: &[u8]) {
        self.0.push(chunk);
    }

    /// Everything that could be read.
    ///
    /// # Errors
    /// `WrongFormat` when this is no JSON list or object, and when there are records and none of them is a map.
    pub fn finish(self) -> Result<MapList, ParseError> {
        let outcome = self.0.finish()?;
        let sink = outcome.sink;
        if sink.list.id.is_empty() && sink.strangers > 0 {
            let message =
                "no object has the `id` and the sizes that `bpftool map show` gives for a map";
            return Err(ParseError::WrongFormat(Place::new(0, "$", message)));
        }
        Ok(MapList {
            type_names: sink.type_names.finish(),
            names: sink.names.finish(),
            holders: sink.holders.finish(),
            problems: outcome.problems,
            complete: outcome.complete && !outcome.shortened,
            ..sink.list
        })
    }
}

impl Default for MapListScanner {
    fn default() -> Self {
        Self::new()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    None,
    Id,
    Type,
    Name,
    Flags,
    KeySize,
    ValueSize,
    MaxEntries,
    Memlock,
    Frozen,
    BtfId,
    Pinned,
    Pids,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    id: f64,
    map_type: i32,
    name: i32,
    key_size: f64,
    value_size: f64,
    max_entries: f64,
    flags: f64,
    memlock_bytes: f64,
    btf_id: f64,
    frozen: f64,
    /// It says something of memory, though maybe not how much.
    has_memlock: bool,
    /// It has what only programs have.
    is_program: bool,
}

const NO_ROW: Row = Row {
    id: f64::NAN,
    map_type: -1,
    name: -1,
    key_size: f64::NAN,
    value_size: f64::NAN,
    max_entries: f64::NAN,
    flags: f64::NAN,
    memlock_bytes: f64::NAN,
    btf_id: f64::NAN,
    frozen: f64::NAN,
    has_memlock: false,
    is_program: false,
};

struct MapSink {
    list: MapList,
    type_names: Interner,
    names: Interner,
    holders: HolderReader,
    field: Field,
    row: Row,
    strangers: usize,
}

impl Default for MapSink {
    fn default() -> Self {
        Self {
            list: MapList::default(),
            type_names: Interner::default(),
            names: Interner::default(),
            holders: HolderReader::default(),
            field: Field::None,
            row: NO_ROW,
            strangers: 0,
        }
    }
}

impl MapSink {
    /// A map has an id, and something of a definition: programs and BTF objects have ids too. What jq took out of a
    /// list may have its memory alone.
    fn is_map(&self) -> bool {
        let row = &self.row;
        let has_size = !row.key_size.is_nan() || !row.max_entries.is_nan();
        (has_size || (row.has_memlock && !row.is_program)) && !row.id.is_nan()
    }

    fn keep(&mut self) {
        let row = self.row;
        self.list.id.push(row.id);
        self.list.map_type.push(row.map_type);
        self.list.name.push(row.name);
        self.list.key_size.push(row.key_size);
        self.list.value_size.push(row.value_size);
        self.list.max_entries.push(row.max_entries);
        self.list.flags.push(row.flags);
        self.list.memlock_bytes.push(row.memlock_bytes);
        self.list.btf_id.push(row.btf_id);
        self.list.frozen.push(row.frozen);
        self.holders.end(row.id);
    }
}

impl Sink for MapSink {
    const LANDMARKS: &'static [Landmark] = &[
        Landmark::new(br#"},{"id":"#, Level::Same, b"id"),
        Landmark::new(br#"},{"error":"#, Level::Same, b"error"),
        Landmark::BATCH,
        Landmark::new(br#"[{"id":"#, Level::Same, b"id").opens_list(),
        Landmark::BATCH_LIST,
        Landmark::new(br#"}{"id":"#, Level::Same, b"id").unseparated(),
        Landmark::new(br#"{"id":"#, Level::Same, b"id").between(),
        Landmark::new(br#"{"error":"#, Level::Same, b"error").between(),
        Landmark::BATCH_BETWEEN,
    ];

    fn wants(command: &Command) -> bool {
        command.is_bare("map") || command.is("map", "show") || command.is("map", "list")
    }

    fn begin(&mut self) {
        self.row = NO_ROW;
        self.holders.begin();
    }

    fn field(&mut self, name: &[u8]) -> Interest {
        let (field, label) = match name {
            b"id" => (Field::Id, "id"),
            b"type" => (Field::Type, "type"),
            b"name" => (Field::Name, "name"),
            b"flags" => (Field::Flags, "flags"),
            b"bytes_key" => (Field::KeySize, "bytes_key"),
            b"bytes_value" => (Field::ValueSize, "bytes_value"),
            b"max_entries" => (Field::MaxEntries, "max_entries"),
            b"bytes_memlock" => {
                self.row.has_memlock = true;
                (Field::Memlock, "bytes_memlock")
            }
            b"frozen" => (Field::Frozen, "frozen"),
            b"btf_id" => (Field::BtfId, "btf_id"),
            b"pinned" => (Field::Pinned, "pinned"),
            b"pids" => (Field::Pids, "pids"),
            b"dev" | b"owner_prog_type" | b"owner_jited" | b"bpf_cookie" => {
                self.field = Field::None;
                return Interest::Skip("");
            }
            b"tag" | b"bytes_xlated" | b"gpl_compatible" | b"jited" | b"bytes_jited"
            | b"loaded_at" | b"run_time_ns" | b"run_cnt" | b"map_ids" => {
                self.field = Field::None;
                self.row.is_program = true;
                return Interest::Skip("");
            }
            _ => {
                self.field = Field::None;
                return Interest::Unknown;
            }
        };
        self.field = field;
        Interest::Read(label)
    }

    fn key(&mut self, _depth: usize, name: &[u8]) {
        self.holders.key(name);
    }

    fn open(&mut self, depth: usize, container: Container) {
        if self.field == Field::Pids && depth == 2 && container == Container::Object {
            self.holders.open_pid();
        }
    }

    fn close(&mut self, depth: usize, container: Container) {
        if self.field == Field::Pids && depth == 2 && container == Container::Object {
            self.holders.close_pid();
        }
        if depth == 1 {
            self.field = Field::None;
        }
    }

    fn scalar(&mut self, depth: usize, value: Scalar, notes: &mut Notes) {
        let row = &mut self.row;
        match (self.field, depth) {
            (Field::Id, 0) => row.id = fields::u32(value, notes),
            (Field::Type, 0) => row.map_type = fields::name(value, &mut self.type_names, notes),
            (Field::Name, 0) => row.name = fields::name(value, &mut self.names, notes),
            (Field::Flags, 0) => row.flags = fields::flags(value, notes),
            (Field::KeySize, 0) => row.key_size = fields::u32(value, notes),
            (Field::ValueSize, 0) => row.value_size = fields::u32(value, notes),
            (Field::MaxEntries, 0) => row.max_entries = fields::u32(value, notes),
            (Field::Memlock, 0) => row.memlock_bytes = fields::memlock(value, notes),
            (Field::Frozen, 0) => row.frozen = fields::boolean(value, notes),
            (Field::BtfId, 0) => row.btf_id = fields::u32(value, notes),
            (Field::Pids, 1) => holders::no_process(value, notes),
            (Field::Pids, 2) => self.holders.pid_value(value, notes),
            (Field::Pinned, 1) => self.holders.pin(value, notes),
            _ => {}
        }
    }

    fn end(&mut self, notes: &mut Notes) {
        if self.is_map() {
            self.keep();
        } else {
            self.strangers = self.strangers.saturating_add(1);
            notes.add(
                ProblemCode::SkippedRecord,
                "the object has no `id`, or none of `bytes_key`, `max_entries` and `bytes_memlock`: it is no map",
            );
        }
    }

    fn abandon(&mut self, in_skipped_field: bool) -> Kept {
        if !in_skipped_field || !self.is_map() {
            return Kept::Nothing;
        }
        self.keep();
        Kept::Whole
    }
}
