//! A document of records as bpftool writes them, in chunks: drives the walker, and finds the way back when the JSON breaks.
//!
//! The root may be an array, one bare object, `null`, nothing at all, `{"error": …}`, two values joined by a comma,
//! or a batch file's list of `{"command": …, "output": …}`.

use crate::landmark::{Landmark, Place, Trail};
use crate::lexer::is_blank;
use crate::recent::Recent;
use crate::records::{Mode, Records, Skipped};
use crate::sink::Sink;
use crate::walker::{Event, Step, Walker};
use mapscope_parser::error::{self, ParseError};
use mapscope_parser::problem::{Problem, ProblemCode};

/// What a document gave.
pub struct Outcome<S> {
    pub sink: S,
    pub problems: Vec<Problem>,
    /// It ended where a document may, and no tool reported an error in place of records.
    pub complete: bool,
    /// There was a list or a record.
    pub found: bool,
    /// Records are missing at the beginning, or where something else stands in their place.
    pub shortened: bool,
}

/// The first landmark of a chunk, once it was looked for: for which place, where it ends, and which it is.
type Ahead = Option<(Place, Option<(usize, &'static Landmark)>)>;

pub struct Document<S> {
    pub walker: Walker,
    pub records: Records<S>,
    trail: Trail,
    pub recent: Recent,
    /// Where the present chunk begins.
    pub offset: u64,
    started: bool,
    /// It begins with what begins no list and no object: maybe inside a record, if another one follows.
    pub begins_late: Option<error::Place>,
}

impl<S: Sink> Document<S> {
    pub fn new(sink: S) -> Self {
        Self {
            walker: Walker::new(),
            records: Records::new(sink),
            trail: Trail::default(),
            recent: Recent::default(),
            offset: 0,
            started: false,
            begins_late: None,
        }
    }

    /// Reads on.
    pub fn push(&mut self, chunk: &[u8]) {
        self.start(chunk);
        let mut at = 0_usize;
        let mut ahead: Ahead = None;
        loop {
            let mut input = chunk;
            let mut next_record = None;
            match self.records.mode {
                Mode::Reading => {
                    self.read_records(chunk, &mut at);
                    self.read_items(chunk, &mut at);
                    self.read_members(chunk, &mut at);
                    if matches!(self.records.mode, Mode::Lost(_) | Mode::BeginsInside(_)) {
                        continue;
                    }
                }
                Mode::Skipping { what: Skipped::Plain | Skipped::Any, .. } => {}
                Mode::Skipping { what: Skipped::Watched, .. } => {
                    next_record = self.look_ahead(chunk, at, Place::Anywhere, &mut ahead);
                    input = next_record.and_then(|(end, _)| chunk.get(..end)).unwrap_or(chunk);
                }
                Mode::BeginsInside(key_end) => {
                    let behind = key_end.saturating_sub(self.offset);
                    at = usize::try_from(behind).unwrap_or(at).min(at);
                    self.begin_inside(at);
                    continue;
                }
                Mode::Lost(place) => {
                    let next = self.look_ahead(chunk, at, place, &mut ahead);
                    let end = next.map_or(chunk.len(), |(end, _)| end);
                    self.records.widen_gap(chunk.get(at..end).unwrap_or(&[]));
                    let Some((end, landmark)) = next else { break };
                    at = end;
                    self.resume(landmark, end);
                    continue;
                }
            }
            match self.walker.next(input, &mut at) {
                Step::Event(depth, event) => {
                    let offset = begins(self.offset, at, &event);
                    self.records.take(depth, event, offset);
                }
                Step::NeedInput => match next_record {
                    None => break,
                    Some((end, landmark)) => {
                        self.lose(
                            ProblemCode::Malformed,
                            end,
                            "the value does not end before the next record",
                        );
                        self.resume(landmark, end);
                    }
                },
                Step::SecondWord(word) => {
                    let word = word.to_vec();
                    self.second_word(chunk, at, &word);
                }
                Step::Broken(reason) => self.broken(chunk, at, reason),
                Step::TooDeep => {
                    self.lose(ProblemCode::OverLimit, at, "values are nested more than 128 deep");
                }
            }
        }
        self.trail = self.trail.after(chunk);
        self.recent.add(chunk);
        self.offset = self.offset.wrapping_add(wide(chunk.len()));
    }

    /// Everything that could be read. Fails when it is no document of records.
    pub fn finish(mut self) -> Result<Outcome<S>, ParseError> {
        if let Some(place) = self.begins_late {
            return Err(ParseError::WrongFormat(place));
        }
        if let Some(word) = self.walker.finish() {
            self.records.take_rarely(0, Event::Word(word), self.offset);
        }
        let watched = matches!(self.records.mode, Mode::Skipping { what: Skipped::Watched, .. });
        let ended = match self.records.mode {
            Mode::Lost(Place::Anywhere) => self.trail.ends_list(),
            Mode::Lost(Place::Between) => {
                !self.records.lists.top.is_array || self.trail.ends_array()
            }
            _ if watched && self.walker.inside_text() && self.trail.ends_list_behind_object() => {
                self.lose(
                    ProblemCode::Malformed,
                    0,
                    "a string does not end before the document does",
                );
                true
            }
            _ => self.walker.at_rest(),
        };
        self.records.close_gap();
        if !ended {
            let reason = if self.walker.inside_text() {
                "the JSON ends inside a string"
            } else {
                "the JSON ends too early"
            };
            self.lose(ProblemCode::Truncated, 0, reason);
        }
        while self.records.leave_list(ended) {}
        if self.walker.joined_roots {
            let message =
                "values are joined by a comma outside of any list; bpftool does so after an error";
            self.records.tell_root(ProblemCode::Repaired, 0, message);
        }
        if !self.started {
            let message =
                "the document is empty; bpftool leaves it so when no object has the name asked for";
            self.records.tell_root(ProblemCode::ToolError, 0, message);
        }
        let Records { sink, problems, failed, found, shortened, .. } = self.records;
        let complete = ended && !failed;
        Ok(Outcome { sink, problems: problems.finish(), complete, found, shortened })
    }

    /// Looks at the first byte that is no blank.
    fn start(&mut self, chunk: &[u8]) {
        if self.started {
            return;
        }
        let Some(at) = chunk.iter().position(|&byte| !is_blank(byte)) else { return };
        self.started = true;
        let first = chunk.get(at).copied().unwrap_or(0);
        if matches!(first, b'{' | b'[' | b'n' | 0xef) {
            return;
        }
        let message = format!("no JSON list or object: it begins with `{}`", first.escape_ascii());
        let offset = self.offset.wrapping_add(wide(at));
        self.begins_late = Some(error::Place::new(offset, "$", message));
        self.records.shorten();
        self.records.lists.top.is_array = first == b',';
        let place = if first == b',' { Place::Between } else { Place::Anywhere };
        self.records.mode = Mode::Lost(place);
    }

    /// Lets the sink read whole records of the present list at its own speed.
    #[inline]
    fn read_records(&mut self, chunk: &[u8], at: &mut usize) {
        let list = &self.records.lists.top;
        let between = list.record.is_none() && list.is_array && list.opened.is_none();
        if between
            && self.walker.depth() == list.record_base()
            && self.walker.before_item(chunk, at)
        {
            let run = self.records.sink.records(chunk.get(*at..).unwrap_or(&[]));
            if run.length > 0 {
                *at = at.wrapping_add(run.length);
                let list = &mut self.records.lists.top;
                list.index = list.index.saturating_add(run.records);
                self.walker.items_were_read(run.open);
            }
        }
    }

    /// Lets the sink read items of an array at its own speed.
    #[inline]
    fn read_items(&mut self, chunk: &[u8], at: &mut usize) {
        if self.records.reads_items() && self.walker.before_item(chunk, at) {
            let run = self.records.sink.items(chunk.get(*at..).unwrap_or(&[]));
            if run.length > 0 {
                *at = at.wrapping_add(run.length);
                self.walker.items_were_read(run.open);
            }
        }
    }

    /// Reads the members that lie in the chunk as a whole, as long as they are wanted.
    #[inline]
    fn read_members(&mut self, chunk: &[u8], at: &mut usize) {
        while self.records.mode == Mode::Reading {
            let Some(member) = self.walker.member(chunk, *at) else { return };
            let depth = self.walker.depth();
            let before = depth.wrapping_sub(usize::from(matches!(member.value, Event::Open(_))));
            let place = |at| self.offset.wrapping_add(wide(at));
            let (key_at, value_at) = (place(member.key_at), place(member.value_at));
            self.records.take(before, Event::Key(member.key), key_at);
            self.records.take(depth, member.value, value_at);
            *at = member.end;
        }
    }

    /// The first landmark behind `at`. A chunk is searched once however often it is asked for.
    #[inline(never)]
    fn look_ahead(
        &self,
        chunk: &[u8],
        at: usize,
        place: Place,
        ahead: &mut Ahead,
    ) -> Option<(usize, &'static Landmark)> {
        match *ahead {
            Some((of, None)) if of == place => return None,
            Some((of, Some((end, _)))) if of == place && end > at => {}
            _ => {
                let (before, behind) = chunk.split_at_checked(at)?;
                let found = self.trail.after(before).search(behind, S::LANDMARKS, place);
                let found = found.map(|(end, landmark)| (at.wrapping_add(end), landmark));
                *ahead = Some((place, found));
            }
        }
        ahead.and_then(|(_, found)| found)
    }

    #[inline(never)]
    pub fn lose(&mut self, code: ProblemCode, at: usize, reason: &str) {
        self.records.lose(code, self.offset.wrapping_add(wide(at)), reason);
    }
}

/// Where an event begins that ends at `at`: a string of which a part was cut seems to begin later.
fn begins(chunk: u64, at: usize, event: &Event) -> u64 {
    let length = match event {
        Event::Open(_) | Event::Close(_) => 1,
        Event::Word(word) => word.len(),
        Event::Text(text) | Event::Key(text) => text.raw.len().wrapping_add(2),
    };
    chunk.wrapping_add(wide(at)).saturating_sub(wide(length))
}

/// A length as an offset.
pub fn wide(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
