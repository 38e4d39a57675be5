//! A 64-bit hash of byte strings, and the open-addressed tables that are filled with it.

/// Spreads every input bit over the whole word; a bijection (the finalizer of `MurmurHash3`).
#[must_use]
pub const fn mix(word: u64) -> u64 {
    let word = (word ^ (word >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let word = (word ^ (word >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    word ^ (word >> 33)
}

/// A hash that is fed bytes in any grouping: only their order matters.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hasher {
    state: u64,
    /// Bytes that do not fill a word yet, the first in the lowest place.
    partial: u64,
    length: u64,
}

impl Hasher {
    /// Adds one byte.
    #[inline]
    pub fn byte(&mut self, byte: u8) {
        let filled = self.length & 7;
        self.partial |= u64::from(byte) << filled.wrapping_mul(8);
        self.length = self.length.wrapping_add(1);
        if filled == 7 {
            self.absorb(self.partial);
            self.partial = 0;
        }
    }

    /// Adds up to sixteen bytes, the first in the lowest place of the first word, zeroes behind them.
    #[expect(
        clippy::inline_always,
        reason = "the number is known where it is called, and is most often sixteen"
    )]
    #[inline(always)]
    pub fn bytes(&mut self, [low, high]: [u64; 2], bytes: u64) {
        self.word(low, bytes.min(8));
        if bytes > 8 {
            self.word(high, bytes.wrapping_sub(8));
        }
    }

    /// Adds up to eight.
    #[expect(
        clippy::inline_always,
        reason = "the number is known where it is called, and is most often sixteen"
    )]
    #[inline(always)]
    fn word(&mut self, word: u64, bytes: u64) {
        let filled = self.length & 7;
        self.length = self.length.wrapping_add(bytes);
        if filled == 0 && bytes == 8 {
            self.absorb(word);
            return;
        }
        let shift = filled.wrapping_mul(8);
        self.partial |= word << shift;
        if filled.wrapping_add(bytes) >= 8 {
            self.absorb(self.partial);
            // A shift by 64 would be no shift at all: in two steps it leaves nothing, as it must.
            self.partial = (word >> 1) >> 63_u64.saturating_sub(shift);
        }
    }

    #[inline]
    fn absorb(&mut self, word: u64) {
        let mixed = (self.state ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.state = mixed ^ (mixed >> 29);
    }

    /// Bytes so far.
    #[must_use]
    #[inline]
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// The hash. Different byte strings of one length up to eight never share it.
    #[must_use]
    #[inline]
    pub const fn finish(&self) -> u64 {
        mix(self.state ^ self.partial)
    }
}

/// The hash of a byte string.
#[must_use]
pub fn of_bytes(bytes: &[u8]) -> u64 {
    let mut hasher = Hasher::default();
    for &byte in bytes {
        hasher.byte(byte);
    }
    hasher.finish()
}

/// Numbers by hash; the caller compares what the numbers stand for.
#[derive(Debug, Default)]
pub struct HashTable {
    /// Hash and number plus one; a power of two of places, at most three in four taken.
    places: Vec<(u64, u32)>,
    taken: usize,
}

impl HashTable {
    /// The number under `hash` for which `same` holds, or `next`, which is then put there.
    pub fn find_or_insert(&mut self, hash: u64, next: u32, same: impl Fn(u32) -> bool) -> u32 {
        if self.taken >= (self.places.len() >> 2).wrapping_mul(3) {
            self.grow();
        }
        let mut at = place(hash, self.places.len());
        while let Some(slot) = self.places.get_mut(at) {
            match *slot {
                (_, 0) => {
                    *slot = (hash, next.saturating_add(1));
                    self.taken = self.taken.saturating_add(1);
                    break;
                }
                (known, number) if known == hash && same(number.wrapping_sub(1)) => {
                    return number.wrapping_sub(1);
                }
                _ => at = at.wrapping_add(1) & self.places.len().wrapping_sub(1),
            }
        }
        next
    }

    fn grow(&mut self) {
        let size = self.places.len().saturating_mul(2).max(16);
        let old = std::mem::replace(&mut self.places, vec![(0, 0); size]);
        for entry in old.into_iter().filter(|entry| entry.1 != 0) {
            let mut at = place(entry.0, size);
            while let Some(slot) = self.places.get_mut(at) {
                if slot.1 == 0 {
                    *slot = entry;
                    break;
                }
                at = at.wrapping_add(1) & size.wrapping_sub(1);
            }
        }
    }
}

/// The first place of a hash in a table of a power of two of places: its top bits decide.
#[must_use]
pub fn place(hash: u64, places: usize) -> usize {
    let bits = places.trailing_zeros();
    usize::try_from((hash >> 1) >> 63_u32.saturating_sub(bits)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grouping_of_bytes_does_not_matter() {
        let bytes: Vec<u8> = (1..=29).collect();
        for lead in 0..8 {
            let mut hasher = Hasher::default();
            let (head, tail) = bytes.split_at(lead);
            for &byte in head {
                hasher.byte(byte);
            }
            for group in tail.chunks(16) {
                let mut bytes = [0; 16];
                bytes[..group.len()].copy_from_slice(group);
                let number = u128::from_le_bytes(bytes);
                let words = [number, number >> 64]
                    .map(|half| u64::try_from(half & u128::from(u64::MAX)).expect("a half"));
                hasher.bytes(words, u64::try_from(group.len()).expect("few"));
            }
            assert_eq!(hasher.finish(), of_bytes(&bytes), "{lead} single bytes first");
            assert_eq!(hasher.length(), 29);
        }
    }

    #[test]
    fn small_keys_are_their_own_identity() {
        let mut seen: Vec<u64> = (0..50_000_u32).map(|key| of_bytes(&key.to_le_bytes())).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 50_000);
    }
}
