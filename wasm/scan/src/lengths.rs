//! How many values use how many bytes: what decides which size of slot fits them.

use mapscope_parser::limits::MAX_EXACT_LENGTH;

/// Counts by length, exact up to [`MAX_EXACT_LENGTH`]; from there on a length counts as the power of two that holds it.
#[derive(Debug, Default)]
pub struct Lengths {
    /// By length, then by power of two.
    counts: Vec<u64>,
}

impl Lengths {
    /// Counts one value.
    #[inline]
    pub fn add(&mut self, length: u64) {
        let place = place(length);
        if let Some(count) = self.counts.get_mut(place) {
            *count = count.wrapping_add(1);
        } else {
            self.counts.resize(place, 0);
            self.counts.push(1);
        }
    }

    /// Lengths that occurred, in ascending order, with how often each did.
    pub fn iter(&self) -> impl Iterator<Item = (u64, u64)> {
        let counted = self.counts.iter().enumerate().filter(|(_, count)| **count > 0);
        counted.map(|(place, &count)| (length(place), count))
    }
}

/// Where a length is counted: behind the exact ones 8192 comes first, then 16384, …
fn place(length: u64) -> usize {
    let exact = usize::try_from(length).unwrap_or(usize::MAX);
    if exact <= MAX_EXACT_LENGTH {
        return exact;
    }
    let bits = length.wrapping_sub(1).checked_ilog2().unwrap_or(0);
    let doubled = bits.saturating_sub(MAX_EXACT_LENGTH.trailing_zeros());
    MAX_EXACT_LENGTH.wrapping_add(1).wrapping_add(usize::try_from(doubled).unwrap_or(0))
}

/// The length that a place stands for; the largest one where it stands for several.
fn length(place: usize) -> u64 {
    let doubled = place.saturating_sub(MAX_EXACT_LENGTH);
    let shift = u32::try_from(doubled).unwrap_or(0);
    u64::try_from(place.min(MAX_EXACT_LENGTH)).unwrap_or(0) << shift
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_up_to_the_limit_and_powers_of_two_beyond() {
        let mut lengths = Lengths::default();
        for length in [0, 1, 1, 4095, 4096, 4097, 8192, 8193, 16384, 1 << 31, (1 << 31) + 1] {
            lengths.add(length);
        }
        let expected = [
            (0, 1),
            (1, 2),
            (4095, 1),
            (4096, 1),
            (8192, 2),
            (16384, 2),
            (1 << 31, 1),
            (1 << 32, 1),
        ];
        assert_eq!(lengths.iter().collect::<Vec<_>>(), expected);
    }
}
