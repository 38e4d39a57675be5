//! A map with where it stands in the file, so that relocations can be tied to it.

use std::collections::{BTreeMap, BTreeSet};

use super::definition::{MapDef, Origin};
use crate::limits::MAX_OBJECT_ITEMS;
use crate::problem::{ProblemCode, Problems};

/// `BPF_MAP_TYPE_ARENA`.
const ARENA: u32 = 33;

/// The section of the global variables of an arena.
pub const ARENA_SECTION: &[u8] = b".addr_space.1";

/// Where a map's variable is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Number of the section.
    pub section: usize,
    /// Where in the section it starts, in bytes.
    pub offset: u64,
    /// Bytes.
    pub size: u64,
    /// Where in the variable `values` starts, for maps that have it.
    pub values: Option<u64>,
}

/// All maps so far.
#[derive(Debug, Default)]
pub struct FoundMaps {
    /// In their order.
    pub maps: Vec<MapDef>,
    /// The maps that start at a place.
    at: BTreeMap<(usize, u64), u32>,
    /// The maps that are a whole section.
    whole: BTreeMap<usize, u32>,
    spans: BTreeMap<(usize, u64), (u32, Span)>,
    /// Maps of `.maps` that have no place in this file, by name.
    elsewhere: BTreeMap<String, u32>,
    kconfig: Option<u32>,
    kconfig_names: BTreeSet<Vec<u8>>,
    arena: Option<u32>,
}

impl FoundMaps {
    /// Adds a map; `offset` is where it stands in the input, for the message when there are too many.
    pub fn add(&mut self, map: MapDef, span: Option<Span>, offset: u64, problems: &mut Problems) {
        if self.maps.len() >= MAX_OBJECT_ITEMS {
            let limit = format!("more than {MAX_OBJECT_ITEMS} maps: this one is left out");
            problems.add(ProblemCode::OverLimit, offset, || map.section, limit);
            return;
        }
        let Ok(number) = u32::try_from(self.maps.len()) else { return };
        match map.origin {
            Origin::Kconfig => self.kconfig = Some(number),
            Origin::DataSection => {
                if let Some(span) = span {
                    self.whole.entry(span.section).or_insert(number);
                }
            }
            Origin::Btf | Origin::Legacy | Origin::StructOps => {
                if span.is_none() {
                    self.elsewhere.entry(map.name.clone()).or_insert(number);
                }
                if let Some(span) = span {
                    self.at.entry((span.section, span.offset)).or_insert(number);
                    self.spans.entry((span.section, span.offset)).or_insert((number, span));
                }
            }
        }
        if map.definition.map_type == ARENA && self.arena.is_none() {
            self.arena = Some(number);
        }
        self.maps.push(map);
    }

    /// The map that an address in a section is of: one that starts there, or the section as a whole.
    #[must_use]
    pub fn at(&self, section: usize, offset: u64) -> Option<u32> {
        self.at.get(&(section, offset)).or_else(|| self.whole.get(&section)).copied()
    }

    /// Whether some map starts in this section.
    #[must_use]
    pub fn any_in(&self, section: usize) -> bool {
        let next = self.at.range((section, 0)..).next();
        next.is_some_and(|(&(number, _), _)| number == section)
    }

    /// The map whose variable has this place in it.
    #[must_use]
    pub fn around(&self, section: usize, offset: u64) -> Option<(u32, Span)> {
        let (_, &(number, span)) = self.spans.range(..=(section, offset)).next_back()?;
        let inside = offset.checked_sub(span.offset).is_some_and(|inside| inside < span.size);
        (span.section == section && inside).then_some((number, span))
    }

    /// Says which symbols stand for values of the kernel's configuration.
    pub fn set_kconfig_names(&mut self, names: impl Iterator<Item = Vec<u8>>) {
        self.kconfig_names = names.collect();
    }

    /// A map that another file defines.
    #[must_use]
    pub fn external(&self, name: &str) -> Option<u32> {
        self.elsewhere.get(name).copied()
    }

    /// The map of the kernel's configuration, when this symbol stands for a value of it.
    #[must_use]
    pub fn kconfig(&self, name: &[u8]) -> Option<u32> {
        self.kconfig.filter(|_| self.kconfig_names.contains(name))
    }

    /// The map that arena variables live in.
    #[must_use]
    pub const fn arena(&self) -> Option<u32> {
        self.arena
    }
}
