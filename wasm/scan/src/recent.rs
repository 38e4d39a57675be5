//! The last bytes before the present place, for looking back across the border of chunks.

/// More than two words of the longest kind, and the blanks between them.
const KEPT: usize = 256;

/// The last bytes of the chunks before.
#[derive(Debug, Default)]
pub struct Recent(Vec<u8>);

impl Recent {
    /// Another chunk is over.
    pub fn add(&mut self, chunk: &[u8]) {
        self.0 = self.before(chunk, chunk.len());
    }

    /// The last bytes before `at` in the present chunk.
    pub fn before(&self, chunk: &[u8], at: usize) -> Vec<u8> {
        let own = last(chunk.get(..at).unwrap_or(chunk), KEPT);
        [last(&self.0, KEPT.saturating_sub(own.len())), own].concat()
    }
}

fn last(bytes: &[u8], count: usize) -> &[u8] {
    bytes.get(bytes.len().saturating_sub(count)..).unwrap_or(bytes)
}
