//! Which types have a name: a hash table over the bytes of the names, made once for all lookups.

use super::open::Btf;
use crate::limits::MAX_NAME;
use crate::reader::index;

/// FNV-1a over 32 bits, as whoever looks a name up computes it too.
const BASIS: u32 = 0x811c_9dc5;
const PRIME: u32 = 0x0100_0193;

/// Places that are tried for one name. Names that collide on purpose would else take endless time.
const MOST_PROBES: usize = 512;

/// Types of a file by name. Rows are types in the order of ids, from the first of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameTable {
    /// First row of a name, plus one, at the place its hash says or the next free one; a power of two of places.
    pub places: Vec<u32>,
    /// The next row of the same name, plus one.
    pub next: Vec<u32>,
}

impl Btf<'_> {
    /// The names of this file's own strings, which go on from `inherited` bytes of its base; nothing when too many of
    /// them collide.
    #[must_use]
    pub fn name_table(&self, inherited: u32) -> Option<NameTable> {
        let rows = usize::try_from(self.id_count().checked_sub(self.first_id())?).ok()?;
        let size = rows.checked_mul(2)?.checked_add(2)?.checked_next_power_of_two()?;
        let mask = size.checked_sub(1)?;
        let mut table = NameTable { places: vec![0; size], next: vec![0; rows] };
        let mut hashes = vec![0_u32; rows];
        let strings = self.own_strings();
        // From the last row to the first, so that each chain is rising.
        for row in (0..rows).rev() {
            let Some(offset) = self.own_name_offset(inherited, row) else { continue };
            let Some((name, hash)) = name_at(strings, offset) else { continue };
            *hashes.get_mut(row)? = hash;
            let mut place = index(hash ^ (hash >> 15)) & mask;
            let mut probes = 0_usize;
            let first = loop {
                let first = *table.places.get(place)?;
                let Some(other) = index(first).checked_sub(1) else { break first };
                if hashes.get(other) == Some(&hash) {
                    let at = self.own_name_offset(inherited, other);
                    // One name is written once as a rule, so that its place tells.
                    let is_same =
                        at == Some(offset) || at.is_some_and(|at| is_name_at(strings, at, name));
                    if is_same {
                        break first;
                    }
                }
                probes = probes.checked_add(1).filter(|&probes| probes < MOST_PROBES)?;
                place = place.wrapping_add(1) & mask;
            };
            *table.next.get_mut(row)? = first;
            *table.places.get_mut(place)? = u32::try_from(row).ok()?.checked_add(1)?;
        }
        Some(table)
    }

    /// Where in this file's strings the name of a row is; nothing when it is in those of the base.
    #[inline]
    fn own_name_offset(&self, inherited: u32, row: usize) -> Option<usize> {
        self.name_offset(row)?.checked_sub(inherited).map(index)
    }
}

/// A name and its hash, in one pass; nothing when it is empty.
#[inline]
fn name_at(strings: &[u8], offset: usize) -> Option<(&[u8], u32)> {
    let rest = strings.get(offset..)?;
    let rest = rest.get(..MAX_NAME).unwrap_or(rest);
    let (mut hash, mut length) = (BASIS, 0_usize);
    for &byte in rest {
        if byte == 0 {
            break;
        }
        hash = (hash ^ u32::from(byte)).wrapping_mul(PRIME);
        length = length.wrapping_add(1);
    }
    rest.get(..length).filter(|name| !name.is_empty()).map(|name| (name, hash))
}

/// Whether a name stands at a place; one that is cut at the limit may go on.
fn is_name_at(strings: &[u8], offset: usize, name: &[u8]) -> bool {
    let Some(behind) = strings.get(offset..).and_then(|rest| rest.strip_prefix(name)) else {
        return false;
    };
    name.len() == MAX_NAME || matches!(behind, [] | [0, ..])
}
