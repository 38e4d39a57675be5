//! Bytes and alignment of a type: `btf__resolve_size()` and `btf__align_of()` of libbpf's btf.c.

use super::open::Btf;
use super::types::{Kind, Type, TypeId};
use crate::limits::MAX_RESOLVE_DEPTH;

/// Bytes of a pointer where nothing says otherwise: BPF is a 64-bit machine.
const POINTER_BYTES: u32 = 8;

impl Btf<'_> {
    /// Bytes of a type; nothing for `void`, functions, forward declarations, cycles and sizes past 32 bits.
    #[must_use]
    pub fn size_of(&self, id: TypeId) -> Option<u32> {
        let (mut id, mut elements) = (id, 1_u32);
        for _ in 0..MAX_RESOLVE_DEPTH {
            let of = self.get(id)?;
            id = match of.kind {
                Kind::Int
                | Kind::Struct
                | Kind::Union
                | Kind::Enum
                | Kind::Enum64
                | Kind::Float
                | Kind::Datasec => return of.size_or_type.checked_mul(elements),
                Kind::Ptr => return self.pointer_bytes().checked_mul(elements),
                Kind::Array => {
                    let array = self.array(id)?;
                    elements = elements.checked_mul(array.length)?;
                    array.element
                }
                Kind::Typedef | Kind::Var | Kind::DeclTag => of.target(),
                kind if kind.is_modifier() => of.target(),
                _ => return None,
            };
        }
        None
    }

    /// Alignment in bytes of a type without members, or of an array of such.
    #[must_use]
    pub fn alignment_of(&self, id: TypeId) -> Option<u32> {
        let (mut id, pointer) = (id, self.pointer_bytes());
        for _ in 0..MAX_RESOLVE_DEPTH {
            let of = self.get(id)?;
            id = match of.kind {
                Kind::Int | Kind::Enum | Kind::Enum64 | Kind::Float => {
                    return Some(of.size_or_type.min(pointer)).filter(|&bytes| bytes > 0);
                }
                Kind::Ptr => return Some(pointer),
                Kind::Array => self.array(id)?.element,
                Kind::Typedef => of.target(),
                kind if kind.is_modifier() => of.target(),
                _ => return None,
            };
        }
        None
    }

    /// The type behind typedefs, `const`, `volatile`, `restrict` and type tags; nothing for cycles and unused ids.
    #[must_use]
    pub fn strip(&self, id: TypeId) -> Option<(TypeId, Type)> {
        let mut id = id;
        for _ in 0..MAX_RESOLVE_DEPTH {
            let of = self.get(id)?;
            if of.kind != Kind::Typedef && !of.kind.is_modifier() {
                return Some((id, of));
            }
            id = of.target();
        }
        None
    }

    /// Bytes of a pointer, from the size of `long` as libbpf does it: 4 in the BTF of a 32-bit kernel.
    #[must_use]
    pub fn pointer_bytes(&self) -> u32 {
        self.long_bytes().unwrap_or(POINTER_BYTES)
    }
}
