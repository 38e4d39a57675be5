//! The bytes of a key and of a value while they are read: what is counted of them, and a copy where one was asked for.

use mapscope_parser::hash::Hasher;

use crate::hex_run::Take;

/// A copy of the first bytes, for elements that are sampled.
#[derive(Debug, Default)]
pub struct Copy {
    bytes: Vec<u8>,
    /// Bytes that are kept at most; 0 for an element that is not sampled.
    limit: usize,
}

/// The key of an element.
#[derive(Debug, Default)]
pub struct Key {
    pub hash: Hasher,
    pub copy: Copy,
}

/// One value of an element, or the values of all CPUs, one after the other.
#[derive(Debug, Default)]
pub struct Value {
    length: u64,
    /// Bytes up to the last that is not zero.
    used: u64,
    /// The first eight bytes as a little-endian number.
    head: u64,
    pub copy: Copy,
}

impl Copy {
    /// Forgets the bytes, and keeps up to `limit` of those that follow.
    pub fn restart(&mut self, limit: usize) {
        self.bytes.clear();
        self.limit = limit;
    }

    /// The bytes, which are then forgotten.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    #[inline]
    fn push(&mut self, bytes: &[u8]) {
        if self.bytes.len() < self.limit {
            let room = self.limit.wrapping_sub(self.bytes.len());
            self.bytes.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        }
    }

    #[expect(
        clippy::inline_always,
        reason = "the number is known where it is called, and is most often sixteen"
    )]
    #[inline(always)]
    fn push_words(&mut self, [low, high]: [u64; 2], bytes: usize) {
        if self.bytes.len() < self.limit {
            let (low, high) = (low.to_le_bytes(), high.to_le_bytes());
            self.push(low.get(..bytes).unwrap_or(&low));
            self.push(high.get(..bytes.saturating_sub(8)).unwrap_or(&high));
        }
    }
}

impl Key {
    /// Another key begins, of which up to `limit` bytes are copied.
    pub fn restart(&mut self, limit: usize) {
        self.hash = Hasher::default();
        self.copy.restart(limit);
    }
}

impl Value {
    /// Another element's value begins, of which up to `limit` bytes are copied.
    pub fn restart(&mut self, limit: usize) {
        (self.length, self.used, self.head) = (0, 0, 0);
        self.copy.restart(limit);
    }

    /// Bytes so far.
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// Bytes up to the last that is not zero.
    pub const fn used(&self) -> u64 {
        self.used
    }

    /// The value as a number, when it has four bytes.
    pub fn as_u32(&self) -> Option<u32> {
        if self.length == 4 { u32::try_from(self.head).ok() } else { None }
    }
}

impl Take for Key {
    #[inline]
    fn byte(&mut self, byte: u8) {
        self.hash.byte(byte);
        self.copy.push(&[byte]);
    }

    #[expect(
        clippy::inline_always,
        reason = "the number is known where it is called, and is most often sixteen"
    )]
    #[inline(always)]
    fn bytes(&mut self, words: [u64; 2], bytes: usize) {
        self.hash.bytes(words, wide(bytes));
        self.copy.push_words(words, bytes);
    }
}

impl Take for Value {
    #[inline]
    fn byte(&mut self, byte: u8) {
        if self.length < 8 {
            // The length is below 8, so its low bits are all of it.
            self.head |= u64::from(byte) << (self.length & 7).wrapping_mul(8);
        }
        self.length = self.length.wrapping_add(1);
        if byte != 0 {
            self.used = self.length;
        }
        self.copy.push(&[byte]);
    }

    #[expect(
        clippy::inline_always,
        reason = "the number is known where it is called, and is most often sixteen"
    )]
    #[inline(always)]
    fn bytes(&mut self, words: [u64; 2], bytes: usize) {
        let [low, high] = words;
        if self.length == 0 {
            self.head = low;
        } else if self.length < 8 {
            self.head |= low << (self.length & 7).wrapping_mul(8);
        }
        if low | high != 0 {
            let zeroes = if high == 0 { 64 } else { 0 };
            let last = if high == 0 { low } else { high };
            let used = 16_u32.wrapping_sub(last.leading_zeros().wrapping_add(zeroes) >> 3);
            self.used = self.length.wrapping_add(u64::from(used));
        }
        self.length = self.length.wrapping_add(wide(bytes));
        self.copy.push_words(words, bytes);
    }
}

#[inline]
fn wide(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_in_words_count_as_single_ones_do() {
        for bytes in [[0_u8; 24], [1; 24], {
            let mut bytes = [0; 24];
            bytes[13] = 5;
            bytes
        }] {
            for lead in 0..8 {
                let (mut one_by_one, mut grouped) = (Value::default(), Value::default());
                one_by_one.restart(100);
                grouped.restart(100);
                for &byte in &bytes {
                    one_by_one.byte(byte);
                }
                let (head, tail) = bytes.split_at(lead);
                for &byte in head {
                    grouped.byte(byte);
                }
                for group in tail.chunks(16) {
                    let mut bytes = [0; 16];
                    bytes[..group.len()].copy_from_slice(group);
                    let (words, _) = bytes.as_chunks::<8>();
                    let words = [words[0], words[1]].map(u64::from_le_bytes);
                    grouped.bytes(words, group.len());
                }
                let used = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |at| at + 1);
                assert_eq!(grouped.used(), u64::try_from(used).expect("small"));
                assert_eq!(format!("{grouped:?}"), format!("{one_by_one:?}"), "{lead} first");
                assert_eq!(grouped.copy.take(), bytes);
            }
        }
    }
}
