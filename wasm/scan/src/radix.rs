//! Sorts hashes by their digits: the time depends on how many there are and on nothing else, whoever chose the keys.
//!
//! From the highest digit on, they are put into buckets where they are, and then within each bucket by the next digit.

const BITS: u32 = 8;
const VALUES: usize = 1 << BITS;
/// Where the highest digit begins.
const HIGHEST: u32 = u64::BITS - BITS;

/// Below this the tables cost more than comparing.
const FEW: usize = 64;

/// Ascending.
pub fn sort(hashes: &mut [u64]) {
    by_digits(hashes, HIGHEST);
}

/// Sorts by the digit at `shift` and those below it; those above are the same.
fn by_digits(hashes: &mut [u64], shift: u32) {
    if hashes.len() < FEW {
        by_comparing(hashes);
        return;
    }
    let counts = counts(hashes, shift);
    partition(hashes, &counts, shift);
    let Some(lower) = shift.checked_sub(BITS) else { return };
    let mut rest = hashes;
    for count in counts {
        let Some((bucket, behind)) = rest.split_at_mut_checked(count) else { return };
        by_digits(bucket, lower);
        rest = behind;
    }
}

/// Each goes before those that are greater (insertion sort): what the two highest digits leave is rarely more than twenty.
fn by_comparing(hashes: &mut [u64]) {
    for length in 1..hashes.len() {
        let Some((last, sorted)) = hashes.get_mut(..=length).and_then(<[u64]>::split_last_mut)
        else {
            return;
        };
        let hash = *last;
        let mut slot = last;
        for other in sorted.iter_mut().rev() {
            if *other <= hash {
                break;
            }
            *slot = *other;
            slot = other;
        }
        *slot = hash;
    }
}

/// Puts each hash into the bucket of its digit (American flag sort).
fn partition(hashes: &mut [u64], counts: &[usize; VALUES], shift: u32) {
    let mut next = starts(counts);
    let mut end = 0_usize;
    for (bucket, count) in counts.iter().enumerate() {
        end = end.wrapping_add(*count);
        while let Some(at) = next.get(bucket).copied()
            && at < end
        {
            let Some(mut hash) = hashes.get(at).copied() else { return };
            // Follows the displaced ones until one comes that belongs here.
            loop {
                let Some(place) = next.get_mut(digit(hash, shift)) else { return };
                let Some(slot) = hashes.get_mut(*place) else { return };
                let here = *place == at;
                *place = place.wrapping_add(1);
                std::mem::swap(slot, &mut hash);
                if here {
                    break;
                }
            }
        }
    }
}

/// How many hashes have each value of a digit.
fn counts(hashes: &[u64], shift: u32) -> [usize; VALUES] {
    let mut counts = [0_usize; VALUES];
    for &hash in hashes {
        if let Some(count) = counts.get_mut(digit(hash, shift)) {
            *count = count.wrapping_add(1);
        }
    }
    counts
}

/// Where the hashes with each value begin.
fn starts(counts: &[usize; VALUES]) -> [usize; VALUES] {
    let mut start = 0_usize;
    counts.map(|count| {
        let own = start;
        start = start.wrapping_add(count);
        own
    })
}

#[inline]
fn digit(hash: u64, shift: u32) -> usize {
    usize::try_from((hash >> shift) & 0xff).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use mapscope_parser::hash::mix;

    #[test]
    fn few_and_many_alike_and_equal() {
        for count in [0_u64, 1, 63, 64, 1000, 100_000] {
            for spread in [1, 3, 1 << 40, 1 << 56, u64::MAX] {
                let mut hashes: Vec<u64> = (0..count).map(|it| mix(it) % spread).collect();
                let mut expected = hashes.clone();
                expected.sort_unstable();
                sort(&mut hashes);
                assert_eq!(hashes, expected, "{count} hashes below {spread}");
            }
        }
    }
}
