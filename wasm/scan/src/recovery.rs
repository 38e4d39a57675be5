//! What a document does where its grammar is broken: repairs what can only mean one thing, and goes on with the next record.

use crate::document::{Document, wide};
use crate::gap::Gap;
use crate::landmark::{Landmark, Level};
use crate::lexer::ends_word;
use crate::line_break;
use crate::records::Mode;
use crate::sink::Sink;
use crate::text::Text;
use crate::walker::{Container, Event};
use mapscope_parser::problem::ProblemCode;

impl<S: Sink> Document<S> {
    /// A bare word that ends at `at` stands behind a value.
    #[cold]
    pub fn second_word(&mut self, chunk: &[u8], at: usize, word: &[u8]) {
        let before = self.recent.before(chunk, at);
        let Some(torn) = line_break::torn(&before, word) else {
            return self.broken(chunk, at, "a bare word stands where a comma is expected");
        };
        let torn_at = self.offset.wrapping_add(wide(at)).saturating_sub(wide(torn.back));
        let whole = String::from_utf8_lossy(&torn.whole);
        let message = format!("a line break inside of a value is taken out: it is read as {whole}");
        let path = || self.records.lists.path("");
        self.records.problems.add(ProblemCode::Repaired, torn_at, path, message);
        let offset = torn_at.saturating_sub(wide(torn.first));
        self.records.take(self.walker.depth(), Event::Word(&torn.whole), offset);
    }

    /// The grammar is broken by what ends at `at`. Between records what is meant may be clear.
    #[cold]
    pub fn broken(&mut self, chunk: &[u8], at: usize, reason: &'static str) {
        if !self.records.is_between(self.walker.depth()) {
            return self.lose(ProblemCode::Malformed, at, reason);
        }
        let last = at.checked_sub(1).and_then(|last| chunk.get(last));
        let offset = self.offset.wrapping_add(wide(at)).saturating_sub(1);
        let (message, event) = match last {
            Some(b'{') => {
                self.walker.open_unseparated();
                ("no comma stands before a record", Event::Open(Container::Object))
            }
            Some(b']') if self.records.lists.top.is_array => {
                self.walker.close_behind_comma();
                ("a comma stands before the end of a list", Event::Close(Container::Array))
            }
            Some(b']') if self.walker.depth() == 0 && self.records.found => {
                // Its records were read as values of their own.
                self.walker.joined_roots = false;
                self.records.shorten();
                let message = "a list ends that does not begin: what stood before it is cut off";
                let path = || "$".to_owned();
                return self.records.problems.add(ProblemCode::Truncated, offset, path, message);
            }
            _ => {
                let before = self.recent.before(chunk, at);
                let token = last_token(&before);
                let offset = self.offset.wrapping_add(wide(at)).saturating_sub(wide(token.len()));
                return self.records.open_gap(Gap::new(offset, token));
            }
        };
        let path = || self.records.lists.path("");
        self.records.problems.add(ProblemCode::Repaired, offset, path, message);
        self.records.take(self.walker.depth(), event, offset);
    }

    /// Goes on behind a landmark that ends at `end`.
    #[inline(never)]
    pub fn resume(&mut self, landmark: &'static Landmark, end: usize) {
        let behind_gap = self.records.close_gap();
        if let Some(place) = self.begins_late.take() {
            let message =
                "the JSON begins inside a record: what stood before the next one is cut off";
            let path = || "$".to_owned();
            self.records.problems.add(ProblemCode::Truncated, place.offset, path, message);
        }
        match landmark.level {
            Level::Same => {}
            Level::Outer => {
                if !self.records.lists.parent_is_batch_item() {
                    self.records.leave_list(false);
                }
            }
            Level::Batch => while self.records.leave_list(false) {},
        }
        let list = &mut self.records.lists.top;
        // Behind a gap it is what it was before, and without a comma it may be no list.
        if !behind_gap && !landmark.unseparated {
            list.is_array = true;
        }
        if !behind_gap {
            list.index = list.index.saturating_add(1);
        }
        let depth = list.record_base();
        let inside = depth.saturating_add(1);
        let offset = self.offset.wrapping_add(wide(end));
        self.records.mode = Mode::Reading;
        self.walker.resume_at_value(depth);
        self.records.begin(inside);
        let key = Text { raw: landmark.key, escaped: false, cut: false };
        self.records.take(inside, Event::Key(key), offset);
        if landmark.in_array {
            self.walker.resume_in_array();
            self.records.take(inside.saturating_add(1), Event::Open(Container::Array), offset);
        }
        if landmark.in_hex {
            self.walker.resume_in_text(b"0x");
        }
    }
}

/// The last string or word of what was read, or its last byte.
fn last_token(read: &[u8]) -> &[u8] {
    let (last, rest) = read.split_last().unwrap_or((&0, &[]));
    let start = match last {
        b'"' => rest.iter().rposition(|byte| byte == last),
        _ if ends_word(*last) => Some(rest.len()),
        _ => rest.iter().rposition(|&byte| ends_word(byte)).map(|at| at.saturating_add(1)),
    };
    read.get(start.unwrap_or(0)..).unwrap_or(read)
}
