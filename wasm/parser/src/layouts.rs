//! The layouts of all keys and values of an object, each type once.

use std::collections::BTreeMap;

use crate::btf::{Layout, TypeId};
use crate::limits::MAX_OBJECT_MEMBERS;
use crate::object::Object;

/// Layouts with the type that each is of.
#[derive(Debug, Default)]
pub struct Layouts {
    /// The number of each type's layout in `all`.
    numbers: BTreeMap<u32, u32>,
    all: Vec<Layout>,
    members: usize,
    /// Some type was left out: all layouts together would have more members than the limit.
    pub cut: bool,
}

impl Layouts {
    /// Of the maps of an object and their inner maps.
    #[must_use]
    pub fn of(object: &Object) -> Self {
        let mut found = Self::default();
        let Some(btf) = &object.btf else { return found };
        for map in &object.maps {
            for definition in [Some(&map.definition), map.inner.as_ref()].into_iter().flatten() {
                for id in [definition.key_type, definition.value_type].into_iter().flatten() {
                    if found.index(Some(id)).is_some() {
                        continue;
                    }
                    if found.members >= MAX_OBJECT_MEMBERS {
                        found.cut = true;
                    } else if let Some(layout) = btf.layout(id) {
                        found.members =
                            found.members.saturating_add(layout.members.len()).saturating_add(1);
                        let number = u32::try_from(found.all.len()).unwrap_or(u32::MAX);
                        found.numbers.insert(id.0, number);
                        found.all.push(layout);
                    }
                }
            }
        }
        found
    }

    /// The number of a type's layout.
    #[must_use]
    pub fn index(&self, id: Option<TypeId>) -> Option<u32> {
        self.numbers.get(&id?.0).copied()
    }

    /// The layouts by number.
    #[must_use]
    pub fn into_layouts(self) -> Vec<Layout> {
        self.all
    }
}
