//! What a document does where its grammar is broken: repairs what can only mean one thing, and goes on with the next record.

use crate::document::{Document, wide};
use crate::gap::Gap;
use crate::landmark::{Before, Landmark, Level, Place};
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
        self.records.tell(ProblemCode::Repaired, torn_at, message);
        let offset = torn_at.saturating_sub(wide(torn.first));
        self.records.take_rarely(self.walker.depth(), Event::Word(&torn.whole), offset);
    }

    /// The grammar is broken by what ends at `at`. Between records what is meant may be clear.
    #[cold]
    pub fn broken(&mut self, chunk: &[u8], at: usize, reason: &'static str) {
        let last = at.checked_sub(1).and_then(|last| chunk.get(last));
        let depth = self.walker.depth();
        let joins_items = last == Some(&b'{') && !self.walker.in_object();
        let among_items = joins_items && self.records.is_among_items(depth);
        if !among_items && !self.records.is_between(depth) {
            return self.lose(ProblemCode::Malformed, at, reason);
        }
        let offset = self.offset.wrapping_add(wide(at)).saturating_sub(1);
        let (message, event) = match last {
            Some(b'{') => {
                self.walker.open_unseparated();
                let in_record = self.records.lists.top.record.is_some();
                let object = if in_record { "an object" } else { "a record" };
                (format!("no comma stands before {object}"), Event::Open(Container::Object))
            }
            Some(b']') if self.records.lists.top.is_array => {
                self.walker.close_behind_comma();
                (
                    "a comma stands before the end of a list".to_owned(),
                    Event::Close(Container::Array),
                )
            }
            Some(b']') if self.walker.depth() == 0 && self.records.found => {
                // Its records were read as values of their own.
                self.walker.joined_roots = false;
                self.records.shorten();
                let message = "a list ends that does not begin: what stood before it is cut off";
                return self.records.tell_root(ProblemCode::Truncated, offset, message);
            }
            _ => {
                let before = self.recent.before(chunk, at);
                let token = last_token(&before);
                let offset = self.offset.wrapping_add(wide(at)).saturating_sub(wide(token.len()));
                return self.records.open_gap(Gap::new(offset, token));
            }
        };
        self.records.tell(ProblemCode::Repaired, offset, message);
        self.records.take_rarely(self.walker.depth(), event, offset);
    }

    /// Another record begins inside of the present one, which was cut off; its first key ends at `at`.
    #[cold]
    pub fn begin_inside(&mut self, at: usize) {
        self.lose(ProblemCode::Malformed, at, "another record begins inside of this one");
        self.records.shorten();
        self.records.mode = Mode::Lost(Place::Between);
    }

    /// Goes on behind a landmark that ends at `end`.
    #[inline(never)]
    pub fn resume(&mut self, landmark: &'static Landmark, end: usize) {
        let offset = self.offset.wrapping_add(wide(end));
        let behind_gap = if landmark.before == Before::Bracket {
            self.records.open_again(offset);
            true
        } else {
            self.records.close_gap()
        };
        if let Some(place) = self.begins_late.take() {
            let message =
                "the JSON begins inside a record: what stood before the next one is cut off";
            self.records.tell_root(ProblemCode::Truncated, place.offset, message);
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
        if !behind_gap {
            list.is_array |= landmark.before == Before::Comma && landmark.place == Place::Anywhere;
            list.index = list.index.saturating_add(1);
        }
        let depth = list.record_base();
        let inside = depth.saturating_add(1);
        self.records.mode = Mode::Reading;
        self.walker.resume_at_value(depth);
        self.records.begin(inside);
        let key = Text { raw: landmark.key, escaped: false, cut: false };
        self.records.take_rarely(inside, Event::Key(key), offset);
        if landmark.in_array {
            self.walker.resume_in_array();
            self.records.take_rarely(
                inside.saturating_add(1),
                Event::Open(Container::Array),
                offset,
            );
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
