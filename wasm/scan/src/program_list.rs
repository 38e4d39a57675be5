//! `bpftool prog show` as JSON: a row for each program.

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

/// Row i of every column is one program; NaN, or -1 for an index, is what the input did not say.
#[derive(Debug, Default)]
pub struct ProgramList {
    pub id: Vec<f64>,
    /// Indices into `texts`.
    pub program_type: Vec<i32>,
    pub name: Vec<i32>,
    pub tag: Vec<i32>,
    pub texts: Texts,
    pub bytes_xlated: Vec<f64>,
    pub bytes_jited: Vec<f64>,
    pub memlock_bytes: Vec<f64>,
    /// How many of `map_ids` belong to each row.
    pub map_count: Vec<u32>,
    pub map_ids: Vec<f64>,
    pub holders: Holders,
    pub problems: Vec<Problem>,
    /// False when the document begins late or ends early, and when something else stands in place of records.
    pub complete: bool,
}

/// Reads the list in chunks.
pub struct ProgramListScanner(Document<ProgramSink>);

impl ProgramListScanner {
    #[must_use]
    pub fn new() -> Self {
        Self(Document::new(ProgramSink::default()))
    }

    /// Reads on.
    pub fn push(&mut self, chunk: &[u8]) {
        self.0.push(chunk);
    }

    /// Everything that could be read.
    ///
    /// # Errors
    /// `WrongFormat` when this is no JSON list or object, and when there are records and none of them is a program.
    pub fn finish(self) -> Result<ProgramList, ParseError> {
        let outcome = self.0.finish()?;
        let sink = outcome.sink;
        if sink.list.id.is_empty() && sink.strangers > 0 {
            let message =
                "no object has the `id` and the `tag` that `bpftool prog show` gives for a program";
            return Err(ParseError::WrongFormat(Place::new(0, "$", message)));
        }
        Ok(ProgramList {
            texts: sink.texts.finish(),
            holders: sink.holders.finish(),
            problems: outcome.problems,
            complete: outcome.complete && !outcome.shortened,
            ..sink.list
        })
    }
}

impl Default for ProgramListScanner {
    fn default() -> Self {
        Self::new()
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Field {
    #[default]
    None,
    Id,
    Type,
    Name,
    Tag,
    BytesXlated,
    BytesJited,
    Memlock,
    MapIds,
    Pids,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    id: f64,
    program_type: i32,
    name: i32,
    tag: i32,
    bytes_xlated: f64,
    bytes_jited: f64,
    memlock_bytes: f64,
}

impl Default for Row {
    fn default() -> Self {
        let (none, unknown) = (-1, f64::NAN);
        Self {
            id: unknown,
            program_type: none,
            name: none,
            tag: none,
            bytes_xlated: unknown,
            bytes_jited: unknown,
            memlock_bytes: unknown,
        }
    }
}

#[derive(Default)]
struct ProgramSink {
    list: ProgramList,
    texts: Interner,
    holders: HolderReader,
    field: Field,
    row: Row,
    map_ids: Vec<f64>,
    strangers: usize,
}

impl ProgramSink {
    /// Every program has a tag; maps and BTF objects have ids too, but none.
    fn is_program(&self) -> bool {
        !self.row.id.is_nan() && (self.row.tag >= 0 || !self.row.bytes_xlated.is_nan())
    }

    fn keep(&mut self) {
        let row = self.row;
        self.list.id.push(row.id);
        self.list.program_type.push(row.program_type);
        self.list.name.push(row.name);
        self.list.tag.push(row.tag);
        self.list.bytes_xlated.push(row.bytes_xlated);
        self.list.bytes_jited.push(row.bytes_jited);
        self.list.memlock_bytes.push(row.memlock_bytes);
        self.list.map_count.push(u32::try_from(self.map_ids.len()).unwrap_or(u32::MAX));
        self.list.map_ids.append(&mut self.map_ids);
        self.holders.end(row.id);
    }
}

impl Sink for ProgramSink {
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
        command.is_bare("prog") || command.is("prog", "show") || command.is("prog", "list")
    }

    fn begin(&mut self) {
        self.row = Row::default();
        self.map_ids.clear();
        self.holders.begin();
    }

    fn field(&mut self, name: &[u8]) -> Interest {
        let (field, label) = match name {
            b"id" => (Field::Id, "id"),
            b"type" => (Field::Type, "type"),
            b"name" => (Field::Name, "name"),
            b"tag" => (Field::Tag, "tag"),
            b"bytes_xlated" => (Field::BytesXlated, "bytes_xlated"),
            b"bytes_jited" => (Field::BytesJited, "bytes_jited"),
            b"bytes_memlock" => (Field::Memlock, "bytes_memlock"),
            b"map_ids" => (Field::MapIds, "map_ids"),
            b"pids" => (Field::Pids, "pids"),
            // Variables of the program, printed by type: a `char` that is a quote breaks the JSON.
            b"metadata" => {
                self.field = Field::None;
                return Interest::SkipWatched("metadata");
            }
            b"gpl_compatible" | b"run_time_ns" | b"run_cnt" | b"recursion_misses" | b"dev"
            | b"loaded_at" | b"uid" | b"orphaned" | b"jited" | b"btf_id" | b"pinned"
            | b"bpf_cookie" => {
                self.field = Field::None;
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
            (Field::Type, 0) => row.program_type = fields::name(value, &mut self.texts, notes),
            (Field::Name, 0) => row.name = fields::name(value, &mut self.texts, notes),
            (Field::Tag, 0) => row.tag = fields::name(value, &mut self.texts, notes),
            (Field::BytesXlated, 0) => row.bytes_xlated = fields::count(value, notes),
            (Field::BytesJited, 0) => row.bytes_jited = fields::count(value, notes),
            (Field::Memlock, 0) => row.memlock_bytes = fields::memlock(value, notes),
            (Field::MapIds, 1) => {
                let id = fields::u32(value, notes);
                if !id.is_nan() {
                    self.map_ids.push(id);
                }
            }
            (Field::Pids, 1) => holders::no_process(value, notes),
            (Field::Pids, 2) => self.holders.pid_value(value, notes),
            _ => {}
        }
    }

    fn end(&mut self, notes: &mut Notes) {
        if self.is_program() {
            self.keep();
        } else {
            self.strangers = self.strangers.saturating_add(1);
            notes.add(
                ProblemCode::SkippedRecord,
                "the object has no `id`, or neither `tag` nor `bytes_xlated`: it is no program",
            );
        }
    }

    fn abandon(&mut self, in_skipped_field: bool) -> Kept {
        if !in_skipped_field || !self.is_program() {
            return Kept::Nothing;
        }
        self.keep();
        Kept::Whole
    }
}
