//! Sorts hashes by their digits: the time depends on how many there are and on nothing else, whoever chose the keys.
//!
//! By the highest digit they are put into buckets where they are; a bucket is then sorted through a second one of its
//! size, which stays in the processor's cache and small.

const BITS: u32 = 8;
const VALUES: usize = 1 << BITS;
/// Where the highest digit begins.
const HIGHEST: u32 = u64::BITS - BITS;

/// Below this the tables cost more than comparing.
const FEW: usize = 64;

/// Ascending.
pub fn sort(hashes: &mut [u64]) {
    if hashes.len() < FEW {
        hashes.sort_unstable();
        return;
    }
    let counts = counts(hashes, HIGHEST);
    partition(hashes, &counts);
    let mut other = Vec::new();
    let mut rest = hashes;
    for count in counts {
        let Some((bucket, behind)) = rest.split_at_mut_checked(count) else { return };
        sort_bucket(bucket, &mut other);
        rest = behind;
    }
}

/// Puts each hash into the bucket of its highest digit (American flag sort).
fn partition(hashes: &mut [u64], counts: &[usize; VALUES]) {
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
                let Some(place) = next.get_mut(digit(hash, HIGHEST)) else { return };
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

/// Sorts by the other digits, from the lowest on. `other` is any memory.
fn sort_bucket(bucket: &mut [u64], other: &mut Vec<u64>) {
    if bucket.len() < FEW {
        bucket.sort_unstable();
        return;
    }
    if other.len() < bucket.len() {
        other.resize(bucket.len(), 0);
    }
    let length = bucket.len();
    let Some(mut to) = other.get_mut(..length) else { return };
    let mut from = bucket;
    let mut is_moved = false;
    for shift in (0..HIGHEST).step_by(8) {
        let counts = counts(from, shift);
        if counts.contains(&length) {
            continue;
        }
        let mut places = starts(&counts);
        for &hash in from.iter() {
            if let Some(place) = places.get_mut(digit(hash, shift)) {
                if let Some(slot) = to.get_mut(*place) {
                    *slot = hash;
                }
                *place = place.wrapping_add(1);
            }
        }
        std::mem::swap(&mut from, &mut to);
        is_moved = !is_moved;
    }
    if is_moved {
        to.copy_from_slice(from);
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
