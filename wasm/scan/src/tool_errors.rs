//! What the tool said in place of values that it could not read, and how often.

use mapscope_parser::limits::{MAX_ERROR_KINDS, MAX_ERROR_TEXT};

/// Messages in the order in which they were first met.
#[derive(Debug, Default)]
pub struct ToolErrors {
    kinds: Vec<(String, u64)>,
    /// Of messages past the limit.
    others: u64,
}

impl ToolErrors {
    /// Counts one.
    pub fn add(&mut self, message: &str) {
        let end = message.len().min(MAX_ERROR_TEXT);
        let end = (0..=end).rev().find(|&at| message.is_char_boundary(at)).unwrap_or(0);
        let message = message.get(..end).unwrap_or("");
        if let Some((_, count)) = self.kinds.iter_mut().find(|(known, _)| known == message) {
            *count = count.wrapping_add(1);
        } else if self.kinds.len() < MAX_ERROR_KINDS {
            self.kinds.push((message.to_owned(), 1));
        } else {
            self.others = self.others.wrapping_add(1);
        }
    }

    /// Each message with how often it came; those past the limit under an empty one.
    pub fn finish(self) -> impl Iterator<Item = (String, u64)> {
        let others = (self.others > 0).then(|| (String::new(), self.others));
        self.kinds.into_iter().chain(others)
    }
}
