//! The processes and pins that `map show` and `prog show` list for an object.

use crate::fields;
use crate::line_break;
use crate::sink::{Notes, Scalar};
use mapscope_parser::problem::ProblemCode;
use mapscope_parser::texts::{Interner, TextList, Texts};

/// Who holds an object, for the objects that have a holder; counts say how many of the lists below belong to a row.
#[derive(Debug, Default)]
pub struct Holders {
    /// The object's id.
    pub object: Vec<f64>,
    pub pid_count: Vec<u32>,
    pub pin_count: Vec<u32>,
    pub pid: Vec<f64>,
    /// Index into `comms`.
    pub comm: Vec<i32>,
    pub comms: Texts,
    pub pins: Texts,
}

/// Collects them record by record.
#[derive(Debug, Default)]
pub struct HolderReader {
    done: Holders,
    comms: Interner,
    pins: TextList,
    /// Of the present record.
    pids: Vec<(f64, i32)>,
    paths: Vec<String>,
    pid: f64,
    comm: i32,
    comm_is_next: bool,
}

/// An item of `pids` is no object.
#[cold]
pub fn no_process(value: Scalar, notes: &mut Notes) {
    let message = format!("{} stands where a process is expected", fields::shown(value));
    notes.add(ProblemCode::Malformed, message);
}

impl HolderReader {
    /// A record begins.
    pub fn begin(&mut self) {
        self.pids.clear();
        self.paths.clear();
    }

    /// An item of `pids` begins.
    pub fn open_pid(&mut self) {
        self.pid = f64::NAN;
        self.comm = self.comms.intern("");
    }

    pub fn key(&mut self, name: &[u8]) {
        let is_long = name.len() > b"comm".len();
        self.comm_is_next = name == b"comm"
            || (is_long && line_break::joined(name).is_some_and(|it| it == b"comm"));
    }

    /// A value in an item of `pids`.
    pub fn pid_value(&mut self, value: Scalar, notes: &mut Notes) {
        match (value, self.comm_is_next) {
            (Scalar::Text(text), true) => self.comm = self.comms.intern(&notes.decode(&text)),
            (Scalar::Word(_), false) => self.pid = fields::u32(value, notes),
            _ => notes.add(ProblemCode::Malformed, "a process has an odd id or command name"),
        }
    }

    /// An item of `pids` is complete.
    pub fn close_pid(&mut self) {
        self.pids.push((self.pid, self.comm));
    }

    /// An item of `pinned`.
    pub fn pin(&mut self, value: Scalar, notes: &mut Notes) {
        match value {
            Scalar::Text(text) => self.paths.push(notes.decode(&text).into_owned()),
            Scalar::Word(_) => notes.add(ProblemCode::Malformed, "a pinned path is no string"),
        }
    }

    /// The record is complete.
    pub fn end(&mut self, object: f64) {
        if self.pids.is_empty() && self.paths.is_empty() {
            return;
        }
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        self.done.object.push(object);
        self.done.pid_count.push(count(self.pids.len()));
        self.done.pin_count.push(count(self.paths.len()));
        for (pid, comm) in self.pids.drain(..) {
            self.done.pid.push(pid);
            self.done.comm.push(comm);
        }
        self.paths.drain(..).for_each(|path| self.pins.push(&path));
    }

    #[must_use]
    pub fn finish(self) -> Holders {
        Holders { comms: self.comms.finish(), pins: self.pins.finish(), ..self.done }
    }
}
