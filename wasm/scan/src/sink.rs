//! What a reader of one kind of record must offer, and how it tells of problems.

use std::borrow::Cow;

use crate::hex_run::Run;
use crate::keys::Command;
use crate::landmark::Landmark;
use crate::site::Lists;
use crate::text::Text;
use crate::walker::Container;
use mapscope_parser::problem::{ProblemCode, Problems};

/// What is wanted of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interest {
    /// Its value; the name goes into paths.
    Read(&'static str),
    /// Nothing, and no record can be in it.
    Skip(&'static str),
    /// Nothing, whatever is in it.
    SkipAny(&'static str),
    /// Nothing, and its JSON is known to be broken at times.
    SkipWatched(&'static str),
    /// The records listed in it.
    List(&'static str),
    /// Nothing, as no tool is known to write it: the key may be damaged.
    Unknown,
}

/// A value that is no container.
#[derive(Debug, Clone, Copy)]
pub enum Scalar<'a> {
    Text(Text<'a>),
    Word(&'a [u8]),
}

/// What is kept of a record that broke off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    Nothing,
    /// It counts, but values are lost that it had.
    Part,
    /// All that is wanted of it.
    Whole,
}

/// Whole records that were read in one go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RecordRun {
    /// Bytes of the input.
    pub length: usize,
    /// How many.
    pub records: u64,
    /// They end with a comma, so that another record must follow.
    pub open: bool,
}

/// Reads the fields of records. Depth 0 is the record itself, 1 a container right in it.
pub trait Sink {
    /// How the records begin.
    const LANDMARKS: &'static [Landmark];

    /// Whether a batch command's output is of this kind.
    fn wants(command: &Command) -> bool;

    /// A batch command whose output follows.
    fn command(&mut self, _command: &Command) {}

    fn begin(&mut self);

    fn field(&mut self, name: &[u8]) -> Interest;

    /// A key in an object at `depth`.
    fn key(&mut self, _depth: usize, _name: &[u8]) {}

    /// A container that is now the one at `depth`.
    fn open(&mut self, _depth: usize, _container: Container) {}

    /// The container at `depth` is over.
    fn close(&mut self, _depth: usize, _container: Container) {}

    /// A value in the container at `depth`.
    fn scalar(&mut self, depth: usize, value: Scalar, notes: &mut Notes);

    /// The record is complete.
    fn end(&mut self, notes: &mut Notes);

    /// The present record holds something of interest.
    fn is_begun(&self) -> bool {
        true
    }

    /// The record broke off, maybe inside a field of no interest.
    fn abandon(&mut self, in_skipped_field: bool) -> Kept;

    /// Records are missing here.
    fn gap(&mut self) {}

    /// A list begins that stands under no key.
    fn open_list(&mut self) {}

    /// A list that [`Interest::List`] asked for is over.
    fn leave_list(&mut self, _complete: bool) {}

    /// True inside an array of which [`Self::items`] can read items.
    fn reads_items(&self) -> bool {
        false
    }

    /// Reads whole items, each with the comma behind it, if there is one.
    fn items(&mut self, _input: &[u8]) -> Run {
        Run { length: 0, open: false }
    }

    /// Reads whole records of a list, each with the comma behind it, if there is one: those that are just as nearly
    /// all are, and of which there is nothing to tell. The others come field by field.
    fn records(&mut self, _input: &[u8]) -> RecordRun {
        RecordRun::default()
    }
}

/// Where a sink tells of problems.
pub struct Notes<'a> {
    pub(super) problems: &'a mut Problems,
    pub(super) lists: &'a Lists,
    pub(super) field: &'static str,
    pub(super) offset: u64,
}

impl Notes<'_> {
    pub fn add(&mut self, code: ProblemCode, message: impl Into<String>) {
        note(self.problems, self.lists, self.field, code, self.offset, message.into());
    }

    /// The text of a string, its repairs noted.
    pub fn decode<'t>(&mut self, text: &Text<'t>) -> Cow<'t, str> {
        let (decoded, repair) = text.decode();
        if let Some(repair) = repair {
            self.add(ProblemCode::Repaired, repair);
        }
        decoded
    }
}

/// Tells of a problem in the field of the present record. One function for all sinks, as it is called in many places.
#[cold]
#[inline(never)]
pub fn note(
    problems: &mut Problems,
    lists: &Lists,
    field: &str,
    code: ProblemCode,
    offset: u64,
    message: String,
) {
    problems.add(code, offset, || lists.path(field), message);
}

/// Tells of a problem of the whole document.
#[cold]
#[inline(never)]
pub fn note_root(problems: &mut Problems, code: ProblemCode, offset: u64, message: &str) {
    problems.add(code, offset, || "$".to_owned(), message);
}
