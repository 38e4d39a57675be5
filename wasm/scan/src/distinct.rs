//! How many different keys there are: exact up to a limit, an estimate beyond it, and never more memory than the limit's.

use crate::radix;
use mapscope_parser::hash::place;
use mapscope_parser::limits::MAX_EXACT_KEYS;

/// Keys by their 64-bit hash. Two keys of more than 8 bytes share one about once in 10^7 dumps of 2 million keys;
/// shorter ones never do.
///
/// Hashes are put down as they come and sorted when the room is full, which costs a fifth of a hash table's scattered
/// writes, and the same for keys that somebody chose to collide.
#[derive(Debug)]
pub enum Distinct {
    Exact(Vec<u64>),
    Estimated(Registers),
}

/// Room for hashes before they are sorted: half of it is free again behind a sort, or the limit is passed.
const ROOM: usize = 2 * MAX_EXACT_KEYS;

/// `HyperLogLog` (Flajolet et al., 2007) with 2^14 registers: a standard error of 0.8 %.
#[derive(Debug)]
pub struct Registers(Vec<u8>);

const REGISTER_BITS: u32 = 14;

impl Default for Distinct {
    fn default() -> Self {
        Self::Exact(Vec::new())
    }
}

impl Distinct {
    /// Adds a key's hash.
    #[inline]
    pub fn add(&mut self, hash: u64) {
        match self {
            Self::Exact(hashes) => {
                hashes.push(hash);
                if hashes.len() == hashes.capacity() {
                    self.make_room();
                }
            }
            Self::Estimated(registers) => registers.add(hash),
        }
    }

    /// How many there are, and whether that is exact.
    #[must_use]
    pub fn finish(self) -> (u64, bool) {
        match self {
            Self::Exact(mut hashes) => {
                keep_distinct(&mut hashes);
                (u64::try_from(hashes.len()).unwrap_or(u64::MAX), true)
            }
            Self::Estimated(registers) => (registers.estimate(), false),
        }
    }

    #[cold]
    fn make_room(&mut self) {
        let Self::Exact(hashes) = self else { return };
        if hashes.len() < ROOM {
            // Nobody needs them in order yet; but an engine has then compiled the sort before there are a million.
            radix::sort(hashes);
            grow(hashes);
            return;
        }
        keep_distinct(hashes);
        if hashes.len() > MAX_EXACT_KEYS {
            let mut registers = Registers(vec![0; 1 << REGISTER_BITS]);
            for &hash in hashes.iter() {
                registers.add(hash);
            }
            *self = Self::Estimated(registers);
        }
    }
}

/// Past some, all the room at once: memory that is not written to costs nothing, copies that are left behind do.
fn grow(hashes: &mut Vec<u64>) {
    let length = hashes.len();
    let room = if length < ROOM / 64 { length.saturating_mul(4) } else { ROOM };
    hashes.reserve_exact(room.saturating_sub(length));
}

fn keep_distinct(hashes: &mut Vec<u64>) {
    radix::sort(hashes);
    hashes.dedup();
}

impl Registers {
    fn add(&mut self, hash: u64) {
        let rank = (hash << REGISTER_BITS).leading_zeros().min(64 - REGISTER_BITS).wrapping_add(1);
        if let (Some(register), Ok(rank)) =
            (self.0.get_mut(place(hash, 1 << REGISTER_BITS)), u8::try_from(rank))
        {
            *register = (*register).max(rank);
        }
    }

    fn estimate(&self) -> u64 {
        let count = f64::from(1_u32 << REGISTER_BITS);
        let sum: f64 = self.0.iter().map(|&rank| f64::from(rank)).map(|rank| (-rank).exp2()).sum();
        let estimate = 0.7213 / (1.0 + 1.079 / count) * count * count / sum;
        #[expect(
            clippy::as_conversions,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "`as` saturates, and there is no other way"
        )]
        {
            estimate.round() as u64
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mapscope_parser::hash::mix;

    fn count(keys: impl Iterator<Item = u64>) -> (u64, bool) {
        let mut distinct = Distinct::default();
        keys.for_each(|key| distinct.add(mix(key)));
        distinct.finish()
    }

    #[test]
    fn repeated_keys_count_once() {
        assert_eq!(count((0..100_000).chain(0..50_000)), (100_000, true));
    }

    #[test]
    fn repeated_keys_make_room_however_many_they_are() {
        assert_eq!(count((0..6).flat_map(|_| 0..2_000_000)), (2_000_000, true));
    }

    #[test]
    fn past_the_limit_it_is_an_estimate_within_three_standard_errors() {
        let keys = 5_000_000;
        let (estimate, exact) = count((0..keys).chain(0..keys));
        assert!(!exact);
        assert!(estimate.abs_diff(keys) < keys / 40, "{estimate}");
    }
}
