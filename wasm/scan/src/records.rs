//! Events to records: knows which container is a list, which a record, and which a batch command, and hands on the fields.

use crate::gap::{Gap, is_value};
use crate::keys::Command;
use crate::landmark::Place;
use crate::line_break;
use crate::sink::{Interest, Notes, Scalar, Sink};
use crate::site::Lists;
use crate::walker::{Container, Event};
use mapscope_parser::problem::{ProblemCode, Problems};

/// What is done with what comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Reading,
    /// Inside a value of no interest.
    Skipping {
        /// Containers that were open before it.
        until: usize,
        /// It may break the grammar, so the next record is looked for at the same time.
        watched: bool,
    },
    /// The grammar is broken: looking for the next record.
    Lost(Place),
}

#[expect(clippy::struct_excessive_bools, reason = "independent facts, not states")]
pub struct Records<S> {
    pub mode: Mode,
    pub lists: Lists,
    pub problems: Problems,
    pub sink: S,
    /// A tool reported an error in place of records.
    pub failed: bool,
    /// There was a list or a record.
    pub found: bool,
    /// Records are missing.
    pub shortened: bool,
    /// What takes the place of records, while the next one is looked for.
    gap: Option<Gap>,
    field: &'static str,
    command: Command,
    /// The field's value is an object that no key announced.
    unkeyed: bool,
    /// The present key is `error`.
    error_key: bool,
}

impl<S: Sink> Records<S> {
    pub fn new(sink: S) -> Self {
        Self {
            mode: Mode::Reading,
            lists: Lists::new(),
            problems: Problems::default(),
            sink,
            failed: false,
            found: false,
            shortened: false,
            gap: None,
            field: "",
            command: Command::default(),
            unkeyed: false,
            error_key: false,
        }
    }

    /// Takes an event that ends at `offset` and leaves `depth` containers open.
    #[inline]
    pub fn take(&mut self, depth: usize, event: Event, offset: u64) {
        if let Mode::Skipping { until, .. } = self.mode {
            if depth == until && !matches!(event, Event::Key(_) | Event::Open(_)) {
                self.mode = Mode::Reading;
                self.field = "";
            }
            return;
        }
        match self.lists.top.record {
            Some(record) => self.in_record(depth, record, event, offset),
            None => self.in_list(depth, event, offset),
        }
    }

    /// A record's object was opened; `depth` containers are open in it.
    pub fn begin(&mut self, depth: usize) {
        let list = &mut self.lists.top;
        list.record = Some(depth);
        list.is_batch_item = false;
        list.is_error = false;
        self.found = true;
        self.field = "";
        // The record before may have broken off inside an error report.
        self.unkeyed = false;
        self.error_key = false;
        self.sink.begin();
    }

    /// True where the sink may read items by itself: what stands there is neither a command nor an error report.
    pub fn reads_items(&self) -> bool {
        self.sink.reads_items() && !self.error_key && !self.lists.top.is_batch_item
    }

    /// The record cannot be read on. Says what becomes of it.
    pub fn lose(&mut self, code: ProblemCode, offset: u64, reason: &str) {
        let skipping = matches!(self.mode, Mode::Skipping { .. });
        let (code, message) = if self.lists.top.record.is_none() || self.lists.top.is_batch_item {
            (code, reason.to_owned())
        } else if self.lists.top.is_error {
            // The text of an error is not escaped, so it may break off anywhere.
            (ProblemCode::Repaired, format!("{reason}; bpftool does not escape error messages"))
        } else if self.sink.abandon(skipping) {
            let known = code == ProblemCode::Malformed;
            let code = if known { ProblemCode::Repaired } else { code };
            (code, format!("{reason}; what the record holds before it was read"))
        } else {
            let known = code == ProblemCode::Malformed;
            let code = if known { ProblemCode::SkippedRecord } else { code };
            (code, format!("{reason}; the record is left out"))
        };
        self.problems.add(code, offset, || self.lists.path(self.field), message);
        self.lists.top.record = None;
        self.field = "";
        self.mode = Mode::Lost(Place::Anywhere);
    }

    /// True between the records of a list, and at the root, where `depth` containers are open.
    pub fn is_between(&self, depth: usize) -> bool {
        let list = &self.lists.top;
        self.mode == Mode::Reading && list.record.is_none() && depth == list.record_base()
    }

    /// Something that is no JSON stands between records.
    #[cold]
    pub fn open_gap(&mut self, gap: Gap) {
        self.gap = Some(gap);
        self.shorten();
        self.mode = Mode::Lost(Place::Between);
    }

    /// Records are missing here.
    pub fn shorten(&mut self) {
        self.shortened = true;
        self.sink.gap();
    }

    /// It goes on, up to the next record.
    pub fn widen_gap(&mut self, text: &[u8]) {
        if let Some(gap) = &mut self.gap {
            gap.add(text);
        }
    }

    /// It is over; true when there was one.
    pub fn close_gap(&mut self) -> bool {
        let Some(gap) = self.gap.take() else { return false };
        let path = || self.lists.path("");
        self.problems.add(ProblemCode::SkippedRecord, gap.offset, path, gap.message());
        true
    }

    /// Leaves the innermost list; true when there was one to leave.
    pub fn leave_list(&mut self, complete: bool) -> bool {
        let nested = self.lists.is_nested();
        if nested {
            if !self.lists.parent_is_batch_item() {
                self.sink.leave_list(complete);
            }
            self.lists.pop();
            self.field = "";
        }
        nested
    }

    #[inline(never)]
    fn in_list(&mut self, depth: usize, event: Event, offset: u64) {
        let list = &mut self.lists.top;
        let inside = depth.saturating_sub(list.base);
        match event {
            Event::Open(Container::Array) if inside == 1 && !list.is_array => {
                list.is_array = true;
                list.index = 0;
                self.found = true;
            }
            Event::Open(Container::Object) => self.begin(depth),
            Event::Open(Container::Array) => {
                self.mode = Mode::Skipping { until: depth.saturating_sub(1), watched: false };
                self.no_record(offset, "an array stands where a record is expected");
            }
            Event::Close(_) => {
                list.is_array = false;
                self.leave_list(true);
            }
            Event::Word([0xef, 0xbb, 0xbf]) if inside == 0 => {
                self.problems.add(
                    ProblemCode::Repaired,
                    offset,
                    String::new,
                    "the file begins with a byte order mark",
                );
            }
            Event::Word(b"null") if !list.is_array => {
                self.no_record(
                    offset,
                    "`null` stands where records are expected: bpftool had none to show",
                );
                self.leave_list(true);
            }
            Event::Word(word) if !is_value(word) => self.open_gap(Gap::new(offset, word)),
            _ => {
                let bare = !list.is_array;
                self.no_record(offset, "a single value stands where a record is expected");
                if bare {
                    self.leave_list(true);
                }
            }
        }
    }

    fn no_record(&mut self, offset: u64, message: &str) {
        self.sink.gap();
        self.problems.add(ProblemCode::SkippedRecord, offset, || self.lists.path(""), message);
        self.lists.top.index = self.lists.top.index.saturating_add(1);
    }

    #[inline]
    fn in_record(&mut self, depth: usize, record: usize, event: Event, offset: u64) {
        let inside = depth.saturating_sub(record);
        match event {
            Event::Key(name) if inside == 0 => self.field(depth, name.raw, offset),
            Event::Key(name) => {
                self.error_key = self.unkeyed && name.raw == b"error";
                self.sink.key(inside, name.raw);
            }
            Event::Open(container) => {
                self.unkeyed = inside == 1 && self.field.is_empty();
                self.sink.open(inside, container);
            }
            Event::Close(_) if depth < record => self.end(offset),
            Event::Close(container) => {
                self.sink.close(inside.saturating_add(1), container);
                if inside == 0 {
                    self.field = "";
                    self.unkeyed = false;
                    self.error_key = false;
                }
            }
            Event::Text(text) => self.scalar(inside, Scalar::Text(text), offset),
            Event::Word(word) => self.scalar(inside, Scalar::Word(word), offset),
        }
    }

    #[inline(never)]
    fn field(&mut self, depth: usize, name: &[u8], offset: u64) {
        if name == b"error" {
            self.lists.top.is_error = true;
            self.field = "error";
            return;
        }
        if name == b"command" && !self.lists.is_nested() {
            self.sink.abandon(true);
            self.lists.top.is_batch_item = true;
            self.command.clear();
            self.field = "command";
            return;
        }
        let interest = match (self.lists.top.is_batch_item, name) {
            (true, b"output") if S::wants(&self.command) => {
                self.sink.command(&self.command);
                Interest::List("output")
            }
            (true, b"output") => Interest::Skip("output"),
            (true, _) => Interest::Unknown,
            (false, _) => self.sink.field(name),
        };
        match interest {
            Interest::Read(field) => self.field = field,
            Interest::List(label) => {
                self.field = "";
                self.lists.push(depth, label);
            }
            Interest::Skip(field) | Interest::SkipWatched(field) => {
                self.field = field;
                let watched = matches!(interest, Interest::SkipWatched(_));
                self.mode = Mode::Skipping { until: depth, watched };
            }
            Interest::Unknown => self.unknown_field(depth, name, offset),
        }
    }

    /// A key that no tool is known to write is passed over, unless it is a known one with a line break in it.
    #[cold]
    fn unknown_field(&mut self, depth: usize, name: &[u8], offset: u64) {
        if let Some(whole) = line_break::joined(name) {
            let path = || self.lists.path("");
            self.problems.add(ProblemCode::Repaired, offset, path, line_break::IN_TEXT);
            self.field(depth, &whole, offset);
        } else {
            self.field = "";
            self.mode = Mode::Skipping { until: depth, watched: false };
        }
    }

    #[inline(never)]
    fn scalar(&mut self, inside: usize, value: Scalar, offset: u64) {
        let list = &self.lists.top;
        let mut notes =
            Notes { problems: &mut self.problems, lists: &self.lists, field: self.field, offset };
        if (list.is_error && inside == 0) || self.error_key {
            if let Scalar::Text(text) = value {
                let message = notes.decode(&text);
                notes.add(ProblemCode::ToolError, format!("bpftool reported: {message}"));
            }
            self.failed |= list.is_error;
        } else if list.is_batch_item {
            if let Scalar::Text(text) = value {
                self.command.push(&notes.decode(&text));
            }
        } else {
            self.sink.scalar(inside, value, &mut notes);
        }
        if inside == 0 {
            self.field = "";
        }
    }

    #[inline(never)]
    fn end(&mut self, offset: u64) {
        let list = &mut self.lists.top;
        list.record = None;
        self.field = "";
        if list.is_error {
            self.sink.abandon(false);
        } else if !list.is_batch_item {
            let mut notes =
                Notes { problems: &mut self.problems, lists: &self.lists, field: "", offset };
            self.sink.end(&mut notes);
        }
        let list = &mut self.lists.top;
        list.index = list.index.saturating_add(1);
        if !list.is_array {
            self.leave_list(true);
        }
    }
}
