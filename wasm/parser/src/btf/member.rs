//! What follows a type: members, enumerators, parameters, variables of a section.

use super::open::Btf;
use super::types::{Array, Integer, Kind, StringOffset, Type, TypeId};
use crate::reader::index;

/// A member of a structure or union.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// Its name; none for an anonymous structure or union.
    pub name: StringOffset,
    /// Its type.
    pub type_id: TypeId,
    /// From the start of the structure.
    pub bit_offset: u32,
    /// Bits of a bit field; 0 for a whole member.
    pub bitfield_bits: u32,
}

/// One name of an enumeration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Enumerator {
    /// Its name.
    pub name: StringOffset,
    /// Its value as the bits of a 64-bit number, sign-extended when the enumeration is signed.
    pub value: u64,
}

/// One parameter of a function; a last one without name and type stands for `...`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: StringOffset,
    /// Its type.
    pub type_id: TypeId,
}

/// One variable of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SectionVariable {
    /// A `BTF_KIND_VAR`, or a function in `.ksyms`.
    pub type_id: TypeId,
    /// From the start of the section; 0 in objects, where a relocation supplies it.
    pub offset: u32,
    /// Bytes.
    pub size: u32,
}

impl Btf<'_> {
    /// The members of a structure or union; of other kinds none.
    pub fn members(&self, id: TypeId) -> impl Iterator<Item = Member> {
        self.items(id, &[Kind::Struct, Kind::Union], 12).map(|(of, [name, type_id, offset])| {
            let (bits, offset) =
                if of.flag { (offset >> 24, offset & 0x00ff_ffff) } else { (0, offset) };
            Member {
                name: StringOffset(name),
                type_id: TypeId(type_id),
                bit_offset: offset,
                bitfield_bits: bits,
            }
        })
    }

    /// The names of an enumeration; of other kinds none.
    pub fn enumerators(&self, id: TypeId) -> impl Iterator<Item = Enumerator> {
        let narrow = self.items(id, &[Kind::Enum], 8).map(|(of, [name, value, _])| {
            let value =
                if of.flag { i64::from(value.cast_signed()).cast_unsigned() } else { value.into() };
            Enumerator { name: StringOffset(name), value }
        });
        let wide = self.items(id, &[Kind::Enum64], 12).map(|(_, [name, low, high])| Enumerator {
            name: StringOffset(name),
            value: (u64::from(high) << 32) | u64::from(low),
        });
        narrow.chain(wide)
    }

    /// The parameters of a function prototype; of other kinds none.
    pub fn parameters(&self, id: TypeId) -> impl Iterator<Item = Parameter> {
        self.items(id, &[Kind::FuncProto], 8).map(|(_, [name, type_id, _])| Parameter {
            name: StringOffset(name),
            type_id: TypeId(type_id),
        })
    }

    /// The variables of a section; of other kinds none.
    pub fn variables(&self, id: TypeId) -> impl Iterator<Item = SectionVariable> {
        self.items(id, &[Kind::Datasec], 12).map(|(_, [type_id, offset, size])| SectionVariable {
            type_id: TypeId(type_id),
            offset,
            size,
        })
    }

    /// What follows an integer.
    #[must_use]
    pub fn integer(&self, id: TypeId) -> Option<Integer> {
        let word = self.word(id, Kind::Int)?;
        let [bits, _, bit_offset, encoding] = word.to_le_bytes();
        Some(Integer { encoding: encoding & 0x0f, bit_offset, bits })
    }

    /// What follows an array.
    #[must_use]
    pub fn array(&self, id: TypeId) -> Option<Array> {
        let (of, holder) = (self.get(id)?, self.holder(id));
        let body = holder.body();
        let number = |place: usize| body.u32_at(of.rest.checked_add(place)?);
        (of.kind == Kind::Array).then_some(())?;
        Some(Array { element: TypeId(number(0)?), index: TypeId(number(4)?), length: number(8)? })
    }

    /// Linkage of a variable: 0 static, 1 global, 2 extern.
    #[must_use]
    pub fn linkage(&self, id: TypeId) -> Option<u32> {
        self.word(id, Kind::Var)
    }

    /// What a declaration tag is on: -1 for the whole, else a member or parameter.
    #[must_use]
    pub fn component_index(&self, id: TypeId) -> Option<i32> {
        self.word(id, Kind::DeclTag).map(u32::cast_signed)
    }

    fn word(&self, id: TypeId, kind: Kind) -> Option<u32> {
        let of = self.get(id).filter(|of| of.kind == kind)?;
        self.holder(id).body().u32_at(of.rest)
    }

    /// The items after a type of one of `kinds`, as up to three words each.
    fn items(
        &self,
        id: TypeId,
        kinds: &'static [Kind],
        bytes: usize,
    ) -> impl Iterator<Item = (Type, [u32; 3])> {
        let of = self.get(id).filter(|of| kinds.contains(&of.kind));
        let body = self.holder(id).body();
        of.into_iter().flat_map(move |of| {
            (0..index(of.vlen)).map_while(move |item| {
                let at = of.rest.checked_add(item.checked_mul(bytes)?)?;
                let third = if bytes > 8 { body.u32_at(at.checked_add(8)?)? } else { 0 };
                Some((of, [body.u32_at(at)?, body.u32_at(at.checked_add(4)?)?, third]))
            })
        })
    }
}
