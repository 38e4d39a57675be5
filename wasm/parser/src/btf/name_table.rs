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
            let Some(name) = self.own_name(strings, inherited, row) else { continue };
            let hash = hash_of(name);
            *hashes.get_mut(row)? = hash;
            let mut place = index(hash ^ (hash >> 15)) & mask;
            let mut probes = 0_usize;
            let first = loop {
                let first = *table.places.get(place)?;
                let Some(other) = index(first).checked_sub(1) else { break first };
                let is_same = hashes.get(other) == Some(&hash)
                    && self.own_name(strings, inherited, other) == Some(name);
                if is_same {
                    break first;
                }
                probes = probes.checked_add(1).filter(|&probes| probes < MOST_PROBES)?;
                place = place.wrapping_add(1) & mask;
            };
            *table.next.get_mut(row)? = first;
            *table.places.get_mut(place)? = u32::try_from(row).ok()?.checked_add(1)?;
        }
        Some(table)
    }

    /// The name of the type of a row; nothing when it is empty, or of the base.
    fn own_name<'s>(&self, strings: &'s [u8], inherited: u32, row: usize) -> Option<&'s [u8]> {
        let rest = strings.get(self.name_offset(row)?.checked_sub(inherited).map(index)?..)?;
        let rest = rest.get(..MAX_NAME).unwrap_or(rest);
        let end = rest.iter().position(|&byte| byte == 0).unwrap_or(rest.len());
        rest.get(..end).filter(|name| !name.is_empty())
    }
}

fn hash_of(name: &[u8]) -> u32 {
    name.iter().fold(BASIS, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(PRIME))
}
