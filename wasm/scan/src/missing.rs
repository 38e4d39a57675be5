//! What is missing between the records of a list: what stands in their place, and the end of a list that was cut off.

use crate::gap::Gap;
use crate::landmark::Place;
use crate::records::{Mode, Records};
use crate::sink::Sink;
use mapscope_parser::problem::ProblemCode;

impl<S: Sink> Records<S> {
    /// Something that is no JSON stands between records.
    #[cold]
    pub fn open_gap(&mut self, gap: Gap) {
        self.gap = Some(gap);
        self.shortened = true;
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
        let Some(mut gap) = self.gap.take() else { return false };
        let list = &mut self.lists.top;
        match list.opened {
            // The bracket is a part of it.
            Some(bracket) if gap.closes_list() && !gap.opens_list() => {
                gap.enclose(bracket);
                (list.opened, list.is_array) = (None, false);
            }
            _ => self.enter_list(),
        }
        self.sink.gap();
        self.tell(ProblemCode::SkippedRecord, gap.offset, gap.message());
        true
    }

    /// Another list begins before the present one ended; its first record's key ends at `offset`.
    #[cold]
    pub fn open_again(&mut self, offset: u64) {
        let mut begins = offset;
        if let Some(gap) = self.gap.take_if(|gap| gap.opens_list() && !gap.closes_list()) {
            begins = gap.offset;
        }
        self.close_gap();
        self.shorten();
        if self.lists.top.is_array || self.lists.is_nested() {
            let message = "a list begins before the one before it ends: that one is cut off";
            self.tell_root(ProblemCode::Truncated, begins, message);
        }
        while self.leave_list(false) {}
        self.lists.top.is_array = true;
        self.lists.top.opened = None;
        self.lists.top.index = 0;
        self.found = true;
        self.sink.open_list();
    }

    /// What comes is the first item of a list that stands under no key, if one was opened.
    #[cold]
    pub fn enter_list(&mut self) {
        if self.lists.top.opened.take().is_some() {
            self.sink.open_list();
        }
    }
}
