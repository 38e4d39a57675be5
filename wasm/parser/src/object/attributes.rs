//! The members of a map's structure in `.maps`: `parse_btf_map_def()` of libbpf.c.
//!
//! A number is the length of an array that a member points to; a type is what a member points to.

use super::definition::Definition;
use crate::btf::{Btf, Kind, Member, TypeId};
use crate::problem::{ProblemCode, Problems};

/// `BPF_MAP_TYPE_PROG_ARRAY`, whose `values` are programs.
const PROG_ARRAY: u32 = 3;

/// `BPF_MAP_TYPE_ARRAY_OF_MAPS` and `BPF_MAP_TYPE_HASH_OF_MAPS`, whose `values` are maps.
const MAPS_OF_MAPS: [u32; 2] = [12, 13];

/// `LIBBPF_PIN_BY_NAME`.
const PIN_BY_NAME: u32 = 1;

/// Bytes of a file descriptor, the value of maps of maps and programs.
const DESCRIPTOR_BYTES: u32 = 4;

/// Members of a definition that are read; libbpf knows eleven.
const MAX_MEMBERS: usize = 64;

/// What a map's structure says.
#[derive(Debug, Clone, Default)]
pub struct Attributes {
    /// The map itself.
    pub definition: Definition,
    /// `LIBBPF_PIN_*`.
    pub pinning: u32,
    /// The structure of the inner map.
    pub inner: Option<TypeId>,
    /// Where in the structure `values` starts, in bytes.
    pub values: Option<u64>,
    /// The first member that libbpf refuses, and why.
    pub refusal: Option<String>,
}

/// Whose definition a structure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A map's own.
    Map,
    /// That of the inner maps of one, which libbpf takes less for.
    Inner,
}

/// Reads the members of structure `id`, the definition of map `name`.
pub fn read(
    btf: &Btf<'_>,
    id: TypeId,
    role: Role,
    name: &str,
    problems: &mut Problems,
) -> Attributes {
    let mut found = Attributes {
        definition: Definition { key_size: Some(0), value_size: Some(0), ..Definition::default() },
        ..Attributes::default()
    };
    for member in btf.members(id).take(MAX_MEMBERS) {
        let field = btf.name(member.name);
        if let Err(message) = take(btf, &member, &field, role, &mut found) {
            found.refusal.get_or_insert_with(|| format!("{field}: {message}"));
            let path = || format!("{name}.{field}");
            problems.add(ProblemCode::Malformed, btf.place_of(id), path, message);
        }
    }
    found
}

fn take(
    btf: &Btf<'_>,
    member: &Member,
    field: &str,
    role: Role,
    found: &mut Attributes,
) -> Result<(), String> {
    let definition = &mut found.definition;
    let number = || number_of(btf, member.type_id);
    match field {
        "type" => definition.map_type = number()?,
        "max_entries" => definition.max_entries = number()?,
        "map_flags" => definition.flags = number()?,
        "numa_node" => definition.numa_node = Some(number()?),
        "pinning" => {
            found.pinning = number()?;
            if role == Role::Inner {
                return Err("an inner map cannot be pinned".to_owned());
            }
            if found.pinning > PIN_BY_NAME {
                return Err(format!("{} is neither 0 nor {PIN_BY_NAME}", found.pinning));
            }
        }
        "map_extra" => definition.map_extra = long_of(btf, member.type_id)?,
        "key_size" => definition.key_size = agree(definition.key_size, number()?)?,
        "value_size" => definition.value_size = agree(definition.value_size, number()?)?,
        "key" => {
            let given = definition.key_size.take();
            let (type_id, size) = pointed_to(btf, member.type_id)?;
            definition.key_type = Some(type_id);
            definition.key_size = agree(given, sized(btf, type_id, size)?)?;
        }
        "value" => {
            let given = definition.value_size.take();
            let (type_id, size) = pointed_to(btf, member.type_id)?;
            definition.value_type = Some(type_id);
            definition.value_size = agree(given, sized(btf, type_id, size)?)?;
        }
        "values" => {
            found.values = Some(u64::from(member.bit_offset) / 8);
            definition.value_size = agree(definition.value_size, DESCRIPTOR_BYTES)?;
            let values = values_of(btf, member.type_id, definition.map_type)?;
            found.inner = values.inner.filter(|_| role == Role::Map);
            if role == Role::Inner {
                return Err("an inner map cannot have inner maps itself".to_owned());
            }
            if definition.map_type != PROG_ARRAY && !MAPS_OF_MAPS.contains(&definition.map_type) {
                return Err("its map type holds neither maps nor programs".to_owned());
            }
            if values.length != 0 {
                return Err(format!("an array of {}, not of 0", values.length));
            }
        }
        _ => return Err("this member is not known".to_owned()),
    }
    Ok(())
}

/// Two ways of giving a size must not differ; the later one counts.
fn agree(given: Option<u32>, size: u32) -> Result<Option<u32>, String> {
    match given {
        Some(given) if given != 0 && given != size => {
            Err(format!("{size} bytes, but another member says {given}"))
        }
        _ => Ok(Some(size)),
    }
}

fn sized(btf: &Btf<'_>, type_id: TypeId, size: Option<u32>) -> Result<u32, String> {
    let word = btf.get(type_id).map_or("void", |of| of.kind.word());
    size.ok_or_else(|| format!("type {} ({word}) has no size", type_id.0))
}

/// The type that a member points to, and its bytes.
fn pointed_to(btf: &Btf<'_>, id: TypeId) -> Result<(TypeId, Option<u32>), String> {
    match btf.strip(id) {
        Some((_, of)) if of.kind == Kind::Ptr => Ok((of.target(), btf.size_of(of.target()))),
        other => Err(unexpected(id, other.map(|(_, of)| of.kind), "a pointer to a type")),
    }
}

/// `__uint(member, number)`.
fn number_of(btf: &Btf<'_>, id: TypeId) -> Result<u32, String> {
    let (target, _) = pointed_to(btf, id)?;
    let array = btf.array(target).map(|array| array.length);
    array.ok_or_else(|| {
        unexpected(target, btf.get(target).map(|of| of.kind), "an array of that many elements")
    })
}

/// `__uint(member, number)` or `__ulong(member, number)`.
fn long_of(btf: &Btf<'_>, id: TypeId) -> Result<u64, String> {
    let Some((stripped, of)) = btf.strip(id) else { return number_of(btf, id).map(u64::from) };
    if !matches!(of.kind, Kind::Enum | Kind::Enum64) {
        return number_of(btf, id).map(u64::from);
    }
    let mut names = btf.enumerators(stripped);
    match (names.next(), names.next()) {
        (Some(only), None) => Ok(only.value),
        _ => Err(format!("an enumeration of {} names, not of one", of.vlen)),
    }
}

/// `__array(values, type)`.
struct Values {
    /// The structure of the inner map; nothing for programs.
    inner: Option<TypeId>,
    /// Elements, of which libbpf wants none.
    length: u32,
}

fn values_of(btf: &Btf<'_>, id: TypeId, map_type: u32) -> Result<Values, String> {
    let Some(array) = btf.strip(id).and_then(|(id, _)| btf.array(id)) else {
        let kind = btf.get(id).map(|of| of.kind);
        return Err(unexpected(id, kind, "an array"));
    };
    let (target, _) = pointed_to(btf, array.element)?;
    let inner = match btf.strip(target) {
        Some((_, of)) if of.kind == Kind::FuncProto && map_type == PROG_ARRAY => None,
        Some((inner, of)) if of.kind == Kind::Struct && map_type != PROG_ARRAY => Some(inner),
        other => {
            let kind = other.map(|(_, of)| of.kind);
            return Err(unexpected(target, kind, "the definition of an inner map, or a function"));
        }
    };
    Ok(Values { inner, length: array.length })
}

fn unexpected(id: TypeId, kind: Option<Kind>, wanted: &str) -> String {
    let word = kind.map_or("nothing", Kind::word);
    format!("type {} ({word}) is not {wanted}", id.0)
}
