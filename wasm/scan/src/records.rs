//! Events to records: knows which container is a list, which a record, and which a batch command, and hands on the fields.

use crate::gap::{Gap, is_value};
use crate::keys::Command;
use crate::landmark::Place;
use crate::line_break;
use crate::sink::{Interest, Kept, Notes, Scalar, Sink, note, note_root};
use crate::site::Lists;
use crate::walker::{Container, Event};
use mapscope_parser::problem::{ProblemCode, Problems};

/// What may be in a value of no interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skipped {
    /// No record.
    Plain,
    /// What breaks the grammar, so the next record is looked for at the same time.
    Watched,
    /// Anything.
    Any,
}

/// What is done with what comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Reading,
    /// Inside a value of no interest.
    Skipping {
        /// Containers that were open before it.
        until: usize,
        what: Skipped,
    },
    /// Another record begins inside of the present one, with a key that ends here.
    BeginsInside(u64),
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
    pub(super) gap: Option<Gap>,
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
        match self.mode {
            Mode::Reading => {}
            Mode::Skipping { until, what } => {
                match event {
                    Event::Key(name) if what == Skipped::Plain && begins_record(name.raw) => {
                        self.begin_inside(name.raw, offset);
                    }
                    Event::Key(_) | Event::Open(_) => {}
                    _ if depth == until => {
                        self.mode = Mode::Reading;
                        self.field = "";
                    }
                    _ => {}
                }
                return;
            }
            Mode::BeginsInside(_) | Mode::Lost(_) => return,
        }
        match self.lists.top.record {
            Some(record) => self.in_record(depth, record, event, offset),
            None => self.in_list(depth, event, offset),
        }
    }

    /// The same where it is not often called.
    #[cold]
    #[inline(never)]
    pub fn take_rarely(&mut self, depth: usize, event: Event, offset: u64) {
        self.take(depth, event, offset);
    }

    /// A record's object was opened; `depth` containers are open in it.
    pub fn begin(&mut self, depth: usize) {
        if self.lists.top.opened.is_some() {
            self.enter_list();
        }
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
        } else {
            let (own, end) = match self.sink.abandon(skipping) {
                Kept::Whole => (ProblemCode::Repaired, "what the record holds before it was read"),
                Kept::Part => (code, "what is behind it is left out"),
                Kept::Nothing => (ProblemCode::SkippedRecord, "the record is left out"),
            };
            let code = if code == ProblemCode::Malformed { own } else { code };
            (code, format!("{reason}; {end}"))
        };
        self.tell(code, offset, message);
        self.lists.top.record = None;
        self.field = "";
        self.mode = Mode::Lost(Place::Anywhere);
    }

    /// True between the records of a list, and at the root, where `depth` containers are open.
    pub fn is_between(&self, depth: usize) -> bool {
        let list = &self.lists.top;
        self.mode == Mode::Reading && list.record.is_none() && depth == list.record_base()
    }

    /// True among the items of a list right in a record that are no bytes, where `depth` containers are open.
    pub fn is_among_items(&self, depth: usize) -> bool {
        let list = &self.lists.top;
        self.mode == Mode::Reading
            && list.record.and_then(|record| depth.checked_sub(record)) == Some(1)
            && !list.is_batch_item
            && !self.sink.reads_items()
    }

    /// Tells of a problem at the present place.
    pub fn tell(&mut self, code: ProblemCode, offset: u64, message: String) {
        note(&mut self.problems, &self.lists, self.field, code, offset, message);
    }

    /// Tells of a problem of the whole document.
    pub fn tell_root(&mut self, code: ProblemCode, offset: u64, message: &str) {
        note_root(&mut self.problems, code, offset, message);
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
        let nested = self.lists.is_nested();
        let list = &mut self.lists.top;
        let inside = depth.saturating_sub(list.base);
        match event {
            Event::Open(Container::Array) if inside == 1 && !list.is_array => {
                list.is_array = true;
                list.index = 0;
                self.found = true;
                list.opened = (!nested).then_some(offset);
            }
            Event::Open(Container::Object) => self.begin(depth),
            // Another list, or a remark in brackets.
            Event::Open(Container::Array) => self.open_gap(Gap::new(offset, b"[")),
            Event::Close(_) => {
                (list.opened, list.is_array) = (None, false);
                self.leave_list(true);
            }
            Event::Word([0xef, 0xbb, 0xbf]) if inside == 0 => {
                let message = "the file begins with a byte order mark";
                self.tell_root(ProblemCode::Repaired, offset, message);
            }
            Event::Word(b"null") if !list.is_array => {
                self.no_record(
                    offset,
                    "`null` stands where records are expected: bpftool had none to show",
                );
                self.leave_list(true);
            }
            // A list that begins with a number may be a remark in brackets.
            Event::Word(word) if !is_value(word) || list.opened.is_some() => {
                self.open_gap(Gap::new(offset, word));
            }
            _ => {
                let bare = !list.is_array;
                self.shortened |= !bare;
                self.no_record(offset, "a single value stands where a record is expected");
                if bare {
                    self.leave_list(true);
                }
            }
        }
    }

    fn no_record(&mut self, offset: u64, message: &str) {
        self.enter_list();
        self.sink.gap();
        self.tell(ProblemCode::SkippedRecord, offset, message.to_owned());
        self.lists.top.index = self.lists.top.index.saturating_add(1);
    }

    #[inline]
    fn in_record(&mut self, depth: usize, record: usize, event: Event, offset: u64) {
        let inside = depth.saturating_sub(record);
        match event {
            Event::Key(name) if inside == 0 => self.field(depth, name.raw, offset),
            Event::Key(name) if begins_record(name.raw) => self.begin_inside(name.raw, offset),
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
        // In a list below a batch or below a map: one of those begins again.
        let nested = self.lists.is_nested();
        let of_batch = self.lists.parent_is_batch_item();
        let outer: &[u8] = if of_batch { b"command" } else { b"id" };
        if nested && name == outer {
            return self.begin_inside(name, offset);
        }
        if name == b"command" && !nested {
            if self.sink.is_begun() {
                self.sink.abandon(true);
            }
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
            (true, b"output") => Interest::SkipAny("output"),
            (true, _) => Interest::Unknown,
            (false, _) => self.sink.field(name),
        };
        match interest {
            Interest::Read(field) => self.field = field,
            Interest::List(label) => {
                self.field = "";
                self.lists.push(depth, label);
            }
            Interest::Skip(field) => self.skip(depth, field, Skipped::Plain),
            Interest::SkipWatched(field) => self.skip(depth, field, Skipped::Watched),
            Interest::SkipAny(field) => self.skip(depth, field, Skipped::Any),
            Interest::Unknown => self.unknown_field(depth, name, offset),
        }
    }

    /// A key that no tool is known to write is passed over, unless it is a known one with a line break in it.
    #[cold]
    fn unknown_field(&mut self, depth: usize, name: &[u8], offset: u64) {
        if let Some(whole) = line_break::joined(name) {
            self.field = "";
            self.tell(ProblemCode::Repaired, offset, line_break::IN_TEXT.to_owned());
            self.field(depth, &whole, offset);
        } else {
            self.skip(depth, "", Skipped::Any);
        }
    }

    fn skip(&mut self, until: usize, field: &'static str, what: Skipped) {
        self.field = field;
        self.mode = Mode::Skipping { until, what };
    }

    /// A key with which only records begin, inside of the present one.
    #[cold]
    fn begin_inside(&mut self, key: &[u8], offset: u64) {
        let quoted = u64::try_from(key.len()).unwrap_or(0).saturating_add(2);
        self.mode = Mode::BeginsInside(offset.saturating_add(quoted));
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

/// Whether it is a key with which records begin, and which stands nowhere inside of one.
#[inline]
fn begins_record(key: &[u8]) -> bool {
    matches!(key, b"id" | b"key" | b"command")
}
