//! Types by name, in one pass over the file.

use super::open::Btf;
use super::types::{Kind, TypeId};

/// The spellings of `long` that compilers write.
const LONG: [&[u8]; 6] = [
    b"long",
    b"long int",
    b"int long",
    b"unsigned long",
    b"long unsigned int",
    b"unsigned long int",
];

impl Btf<'_> {
    /// The first type of a kind and name.
    #[must_use]
    pub fn find(&self, kind: Kind, name: &str) -> Option<TypeId> {
        let wanted =
            |of: super::Type| of.kind == kind && self.name_bytes(of.name) == Some(name.as_bytes());
        self.types().find(|&(_, of)| wanted(of)).map(|(id, _)| id)
    }

    /// Bytes of the structures or unions of these names, in their order; of several alike the first counts.
    #[must_use]
    pub fn struct_sizes(&self, names: &[&str]) -> Vec<Option<u32>> {
        let mut sizes = vec![None; names.len()];
        let mut wanted: Vec<(&[u8], usize)> =
            names.iter().enumerate().map(|(at, name)| (name.as_bytes(), at)).collect();
        wanted.sort_unstable();
        for (_, of) in self.types().filter(|(_, of)| matches!(of.kind, Kind::Struct | Kind::Union))
        {
            let Some(name) = self.name_bytes(of.name).filter(|name| !name.is_empty()) else {
                continue;
            };
            let first = wanted.partition_point(|&(other, _)| other < name);
            for &(_, at) in wanted.iter().skip(first).take_while(|&&(other, _)| other == name) {
                if let Some(size) = sizes.get_mut(at) {
                    *size = size.or(Some(of.size_or_type));
                }
            }
        }
        sizes
    }

    /// Bytes of `long`; nothing when the file does not have the type.
    pub(super) fn find_long(&self) -> Option<u32> {
        let is_long = |of: &super::Type| {
            of.kind == Kind::Int
                && matches!(of.size_or_type, 4 | 8)
                && self.name_bytes(of.name).is_some_and(|name| LONG.contains(&name))
        };
        self.types().map(|(_, of)| of).find(is_long).map(|of| of.size_or_type)
    }
}
