//! Sorts hashes by their digits: the time depends on how many there are and on nothing else, whoever chose the keys.

/// Bits of a digit; six of them make a hash.
const BITS: u32 = 11;
const DIGITS: usize = 6;
const PLACES: usize = 1 << BITS;

/// Below this the tables cost more than comparing.
const FEW: usize = 1024;

/// Ascending.
pub fn sort(hashes: &mut Vec<u64>) {
    if hashes.len() < FEW {
        hashes.sort_unstable();
        return;
    }
    let mut other = vec![0_u64; hashes.len()];
    for (number, mut places) in (0_u32..).zip(starts(hashes)) {
        let shift = number.saturating_mul(BITS);
        for &hash in hashes.iter() {
            if let Some(place) = places.get_mut(digit(hash, shift)) {
                if let Some(slot) = other.get_mut(*place) {
                    *slot = hash;
                }
                *place = place.wrapping_add(1);
            }
        }
        std::mem::swap(hashes, &mut other);
    }
}

/// For each digit, where the hashes with each of its values begin.
fn starts(hashes: &[u64]) -> Vec<Vec<usize>> {
    let mut tables = vec![vec![0_usize; PLACES]; DIGITS];
    for &hash in hashes {
        for (number, table) in (0_u32..).zip(&mut tables) {
            if let Some(count) = table.get_mut(digit(hash, number.wrapping_mul(BITS))) {
                *count = count.wrapping_add(1);
            }
        }
    }
    for table in &mut tables {
        let mut start = 0_usize;
        for place in table {
            let count = std::mem::replace(place, start);
            start = start.wrapping_add(count);
        }
    }
    tables
}

#[inline]
fn digit(hash: u64, shift: u32) -> usize {
    usize::try_from((hash >> shift) & 0x7ff).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use mapscope_parser::hash::mix;

    #[test]
    fn few_and_many_alike_and_equal() {
        for count in [0_u64, 1, 1023, 1024, 100_000] {
            for spread in [1, 1 << 40, u64::MAX] {
                let mut hashes: Vec<u64> = (0..count).map(|it| mix(it) % spread).collect();
                let mut expected = hashes.clone();
                expected.sort_unstable();
                sort(&mut hashes);
                assert_eq!(hashes, expected, "{count} hashes below {spread}");
            }
        }
    }
}
