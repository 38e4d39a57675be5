//! The elements of dumps, and the maps around them when there are several (`map dump name X`).

use crate::counts::{Counts, Header};
use crate::element::Element;
use crate::elements;
use crate::fields;
use crate::hex_run::{self, Run, Take as _};
use crate::keys::Command;
use crate::landmark::{Landmark, Level};
use crate::likeness::Likeness;
use crate::line_break;
use crate::map_dump::Dump;
use crate::number::{Integer, integer};
use crate::sink::{Interest, Kept, Notes, RecordRun, Scalar, Sink};
use crate::walker::Container;
use mapscope_parser::limits::MAX_SAMPLED_BYTES;
use mapscope_parser::problem::ProblemCode;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    None,
    Key,
    Value,
    Values,
    InnerMapId,
    MapId,
    MapType,
    MapName,
}

#[derive(Debug)]
pub struct DumpSink {
    done: Vec<Dump>,
    /// Elements that stand in no map's object.
    bare: Option<Counts>,
    /// What the present object says of a map.
    header: Header,
    /// The map whose object is open, and has elements.
    map: Option<Counts>,
    /// Inside its `elements`.
    in_elements: bool,
    element: Element,
    /// Of the last element that was read in one go.
    formatted: Likeness,
    field: Field,
    /// Inside an array of bytes, and whose.
    bytes: Option<Field>,
    strangers: usize,
    /// Bytes that the samples of the dumps that are done hold.
    sampled_bytes: usize,
    /// Elements before the first are missing.
    begins_late: bool,
}

impl Default for DumpSink {
    fn default() -> Self {
        Self {
            done: Vec::new(),
            bare: None,
            header: Header::default(),
            map: None,
            in_elements: false,
            element: Element::default(),
            formatted: Likeness::default(),
            field: Field::None,
            bytes: None,
            strangers: 0,
            sampled_bytes: 0,
            begins_late: false,
        }
    }
}

impl DumpSink {
    /// There were records, and none was an element.
    pub fn is_foreign(&self) -> bool {
        self.strangers > 0 && self.done.is_empty() && self.bare.is_none() && self.map.is_none()
    }

    /// The dumps; an empty list without any map's object is the dump of one empty map.
    pub fn finish(mut self, complete: bool, found: bool) -> Vec<Dump> {
        self.close_map(complete);
        self.close_bare(complete);
        if self.done.is_empty() && found && complete && !self.begins_late {
            self.done.push(Counts::default().finish(true));
        }
        self.done
    }

    fn close_map(&mut self, complete: bool) {
        if let Some(map) = self.map.take() {
            self.put(map.finish(complete));
        }
    }

    fn close_bare(&mut self, complete: bool) {
        if let Some(bare) = self.bare.take() {
            self.put(bare.finish(complete));
        }
    }

    fn put(&mut self, mut dump: Dump) {
        let bytes = dump.sample.iter().map(|it| it.key.len().saturating_add(it.value.len()));
        let bytes = bytes.fold(self.sampled_bytes, usize::saturating_add);
        if bytes > MAX_SAMPLED_BYTES {
            dump.sample = Vec::new();
        } else {
            self.sampled_bytes = bytes;
        }
        self.done.push(dump);
    }

    /// The counts of the present map, and the present element.
    fn counts(&mut self) -> (&mut Counts, &mut Element) {
        let counts = if self.in_elements { &mut self.map } else { &mut self.bare };
        let late = &mut self.begins_late;
        let first = || Counts::behind_others(std::mem::take(late));
        (counts.get_or_insert_with(first), &mut self.element)
    }

    /// What stands in place of an element, or is left of one, does not count.
    fn lose_element(&mut self) {
        if self.in_elements || self.bare.is_some() || self.element.is_begun() {
            self.counts().0.lossy = true;
        } else {
            self.begins_late = true;
        }
    }

    /// The number of the CPU that the present value is of.
    fn cpu(&mut self, word: &[u8], notes: &mut Notes) {
        let cpu = match integer(word) {
            Integer::Exact(number) => u64::try_from(number).ok(),
            _ => None,
        };
        if let Some(expected) = self.element.cpus.index(cpu) {
            self.element.cpus.damage();
            let found = String::from_utf8_lossy(word);
            let message = format!(
                "CPU {found} stands where CPU {expected} is expected: it is not known how many CPUs there are"
            );
            notes.add(ProblemCode::Malformed, message);
        }
    }

    /// A byte of the present array.
    fn byte(&mut self, value: Scalar, notes: &mut Notes) {
        let byte = match value {
            Scalar::Text(text) => hex_run::byte(text.raw).or_else(|| {
                let byte = hex_run::byte(&line_break::joined(text.raw)?)?;
                notes.add(ProblemCode::Repaired, line_break::IN_TEXT);
                Some(byte)
            }),
            Scalar::Word(_) => None,
        };
        if let Some(byte) = byte {
            match self.bytes {
                Some(Field::Key) => self.element.key.byte(byte),
                _ => self.element.value.byte(byte),
            }
        } else {
            self.element.has_odd_bytes = true;
            notes.add(
                ProblemCode::Malformed,
                "an item of a byte array is not a string such as `0x1f`",
            );
        }
    }
}

impl Sink for DumpSink {
    const LANDMARKS: &'static [Landmark] = &[
        Landmark::new(br#"},{"key":["0x"#, Level::Same, b"key").in_hex(),
        Landmark::new(br#"]},{"id":"#, Level::Outer, b"id"),
        Landmark::new(br#"},{"error":"#, Level::Same, b"error"),
        Landmark::BATCH,
        Landmark::new(br#"[{"key":["0x"#, Level::Same, b"key").in_hex().opens_list(),
        Landmark::new(br#"[{"id":"#, Level::Outer, b"id").opens_list().between(),
        Landmark::BATCH_LIST,
        Landmark::new(br#"}{"key":["0x"#, Level::Same, b"key").in_hex().unseparated(),
        Landmark::new(br#"{"key":["0x"#, Level::Same, b"key").in_hex().between(),
        Landmark::new(br#"{"id":"#, Level::Outer, b"id").between(),
        Landmark::new(br#"{"error":"#, Level::Same, b"error").between(),
        Landmark::BATCH_BETWEEN,
    ];

    fn wants(command: &Command) -> bool {
        command.is("map", "dump")
    }

    fn command(&mut self, command: &Command) {
        self.close_bare(true);
        let map_id = command.after("id").and_then(|id| id.parse::<u32>().ok()).map(f64::from);
        let name = command.after("name").map(str::to_owned);
        self.bare = Some(Counts::of(Header { map_id, map_type: None, name }));
    }

    fn begin(&mut self) {
        let counts = if self.in_elements { &self.map } else { &self.bare };
        let sampled = counts.as_ref().is_none_or(Counts::samples_next);
        self.element.restart(sampled);
        self.field = Field::None;
        self.bytes = None;
        if !self.in_elements {
            self.close_map(false);
            self.header = Header::default();
        }
    }

    fn field(&mut self, name: &[u8]) -> Interest {
        let (field, label) = match name {
            b"key" => (Field::Key, "key"),
            b"value" => (Field::Value, "value"),
            b"values" => (Field::Values, "values"),
            b"inner_map_id" => (Field::InnerMapId, "inner_map_id"),
            b"formatted" => {
                self.field = Field::None;
                return Interest::SkipWatched("formatted");
            }
            b"elements" if !self.in_elements => {
                self.map = Some(Counts::of(std::mem::take(&mut self.header)));
                self.in_elements = true;
                return Interest::List("elements");
            }
            b"id" if !self.in_elements => (Field::MapId, "id"),
            b"type" if !self.in_elements => (Field::MapType, "type"),
            b"name" if !self.in_elements => (Field::MapName, "name"),
            b"flags" if !self.in_elements => {
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

    fn open(&mut self, depth: usize, container: Container) {
        let element = &mut self.element;
        element.has_odd_bytes |= self.bytes.is_some();
        match (self.field, depth, container) {
            (Field::Key, 1, Container::Array) => self.bytes = Some(Field::Key),
            (Field::Value, 1, Container::Array) | (Field::Values, 3, Container::Array) => {
                self.bytes = Some(Field::Value);
            }
            (Field::Value, 1, Container::Object) => element.unreadable = true,
            (Field::Values, 2, _) => element.cpus.begin_item(),
            _ => {}
        }
    }

    fn close(&mut self, depth: usize, container: Container) {
        if self.bytes == Some(Field::Value) {
            self.element.end_value();
        }
        self.bytes = None;
        if depth == 1 {
            match (self.field, container) {
                (Field::Key, Container::Array) => self.element.has_key = true,
                // An empty list of values is a value too.
                (Field::Values, Container::Array) => self.element.has_value = true,
                _ => {}
            }
            self.field = Field::None;
        }
    }

    fn scalar(&mut self, depth: usize, value: Scalar, notes: &mut Notes) {
        if self.bytes.is_some() {
            self.byte(value, notes);
            return;
        }
        match (self.field, depth, value) {
            (Field::InnerMapId, 0, _) => {
                self.element.inner_map_id = Some(fields::u32(value, notes));
            }
            (Field::MapId, 0, _) => self.header.map_id = Some(fields::u32(value, notes)),
            (Field::MapType, 0, Scalar::Word(word)) => {
                let digits = String::from_utf8_lossy(word).into_owned();
                self.header.map_type = Some(digits);
            }
            (Field::MapType, 0, Scalar::Text(text)) => {
                self.header.map_type = Some(notes.decode(&text).into_owned());
            }
            (Field::MapName, 0, Scalar::Text(text)) => {
                self.header.name = Some(notes.decode(&text).into_owned());
            }
            // What is no text is the number of a CPU.
            (Field::Values, 2, Scalar::Word(word)) => self.cpu(word, notes),
            (Field::Values, 1 | 2, value) => {
                self.element.cpus.damage();
                let found = fields::shown(value);
                notes.add(
                    ProblemCode::Malformed,
                    format!("{found} stands where a CPU's value is expected: it is not known how many CPUs there are"),
                );
            }
            (Field::Value, 1, Scalar::Text(text)) => {
                let message = notes.decode(&text);
                self.counts().0.errors.add(&message);
                notes.add(
                    ProblemCode::ToolError,
                    format!("bpftool reported for this entry: {message}"),
                );
            }
            _ => {}
        }
    }

    fn end(&mut self, notes: &mut Notes) {
        if self.element.is_complete() {
            let (counts, element) = self.counts();
            counts.add(element, notes);
            // The map's own object may end next.
            element.restart(false);
        } else if !self.in_elements && self.map.is_some() {
            self.close_map(true);
        } else {
            self.strangers = self.strangers.saturating_add(1);
            self.lose_element();
            notes.add(
                ProblemCode::SkippedRecord,
                "the object has no `key` with a `value` or `values`: it is no element",
            );
        }
    }

    fn is_begun(&self) -> bool {
        self.element.is_begun()
    }

    fn abandon(&mut self, in_skipped_field: bool) -> Kept {
        if self.field == Field::Values {
            self.element.cpus.damage();
        }
        let kept = self.element.is_complete();
        if kept {
            let (counts, element) = self.counts();
            counts.add_quietly(element);
            // What breaks the grammar elsewhere may hide the beginning of the next one.
            counts.lossy |= !in_skipped_field;
        } else if let (false, Some(map)) = (self.in_elements, &mut self.map) {
            map.lossy = true;
        } else {
            self.lose_element();
        }
        self.element.restart(false);
        match kept {
            true if in_skipped_field => Kept::Whole,
            true => Kept::Part,
            false => Kept::Nothing,
        }
    }

    fn gap(&mut self) {
        match (self.in_elements, &mut self.map, &mut self.bare) {
            (true, Some(map), _) => map.lossy = true,
            (false, _, Some(bare)) => bare.lossy = true,
            _ => self.begins_late = true,
        }
    }

    fn open_list(&mut self) {
        self.close_bare(true);
        self.begins_late = false;
    }

    fn leave_list(&mut self, complete: bool) {
        self.in_elements = false;
        if let Some(map) = &mut self.map {
            map.lossy |= !complete;
        }
    }

    fn reads_items(&self) -> bool {
        self.bytes.is_some()
    }

    fn items(&mut self, input: &[u8]) -> Run {
        match self.bytes {
            Some(Field::Key) => hex_run::read(input, &mut self.element.key),
            _ => hex_run::read(input, &mut self.element.value),
        }
    }

    fn records(&mut self, input: &[u8]) -> RecordRun {
        if !self.in_elements && self.map.is_some() {
            // The next record ends the map before it.
            return RecordRun::default();
        }
        let counts = if self.in_elements { &mut self.map } else { &mut self.bare };
        match counts {
            Some(counts) => elements::read(input, counts, &mut self.element, &mut self.formatted),
            None => RecordRun::default(), // The first element tells the sizes.
        }
    }
}
