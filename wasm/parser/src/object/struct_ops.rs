//! `.struct_ops` and `.struct_ops.link`: a map for each variable (`init_struct_ops_maps()` of libbpf.c).

use std::collections::BTreeSet;

use super::data_section::INDEX_BYTES;
use super::definition::{Definition, MapDef, Origin, StructOps};
use super::found::{FoundMaps, Span};
use super::kernel_name;
use super::tables::Tables;
use crate::btf::{Btf, Kind, SectionVariable, TypeId};
use crate::elf::{Elf, Section, SectionType};
use crate::problem::{ProblemCode, Problems};

/// `BPF_MAP_TYPE_STRUCT_OPS`.
const STRUCT_OPS: u32 = 26;

/// `BPF_F_LINK`.
const LINK: u32 = 1 << 13;

/// Members that are looked at; the kernel takes up to 64 functions (`BPF_STRUCT_OPS_MAX_NR_MEMBERS`).
const MAX_MEMBERS: usize = 256;

/// Adds the maps of all four spellings of the section.
pub fn read(
    elf: &Elf<'_>,
    btf: &Btf<'_>,
    tables: &Tables<'_>,
    found: &mut FoundMaps,
    problems: &mut Problems,
) {
    let mut done = BTreeSet::new();
    for (number, section) in elf.sections.iter().enumerate() {
        let plain = section.name.strip_prefix(b"?").unwrap_or(section.name);
        let flags = match plain {
            b".struct_ops" => 0,
            b".struct_ops.link" => LINK,
            _ => continue,
        };
        if section.section_type != SectionType::Bytes || section.size == 0 {
            continue;
        }
        let Some(datasec) = tables.datasec(section.name) else {
            let message = "BTF does not have this section: its maps cannot be read";
            let path = || section.text_name().into_owned();
            problems.add(ProblemCode::SkippedRecord, section.offset, path, message);
            continue;
        };
        if !done.insert(datasec) {
            continue;
        }
        let place = Part { section, number, flags };
        for variable in btf.variables(datasec) {
            if found.maps.len() >= crate::limits::MAX_OBJECT_ITEMS {
                break;
            }
            add_map(btf, tables, place, variable, found, problems);
        }
    }
}

#[derive(Clone, Copy)]
struct Part<'p> {
    section: &'p Section<'p>,
    number: usize,
    flags: u32,
}

fn add_map(
    btf: &Btf<'_>,
    tables: &Tables<'_>,
    part: Part<'_>,
    variable: SectionVariable,
    found: &mut FoundMaps,
    problems: &mut Problems,
) {
    let place = btf.place_of(variable.type_id);
    let section = part.section.text_name();
    let Some(of) = btf.get(variable.type_id).filter(|of| of.kind == Kind::Var) else { return };
    let name = btf.name(of.name).into_owned();
    let path = || format!("{section}.{name}");
    let structure = btf.strip(of.target()).filter(|(_, of)| of.kind == Kind::Struct);
    let Some((structure, operations)) = structure else {
        let message = format!("type {} is not a structure", of.target().0);
        problems.add(ProblemCode::SkippedRecord, place, path, message);
        return;
    };
    let operations_name = without_flavor(&btf.name(operations.name)).to_owned();
    let wrapper = tables.wrapper(operations_name.as_bytes());
    let definition = Definition {
        map_type: STRUCT_OPS,
        key_size: Some(INDEX_BYTES),
        value_size: wrapper.map(|of| of.size_or_type),
        max_entries: 1,
        flags: part.flags,
        value_type: Some(structure),
        ..Definition::default()
    };
    if wrapper.is_none() {
        let message = format!(
            "the value size is that of the kernel's struct bpf_struct_ops_{operations_name}, which the object does not have"
        );
        problems.add(ProblemCode::Repaired, place, path, message);
    }
    let symbol = btf.name_bytes(of.name).and_then(|name| tables.variable(part.number, name));
    let span = Span {
        section: part.number,
        offset: symbol.unwrap_or_else(|| variable.offset.into()),
        size: operations.size_or_type.into(),
        values: None,
    };
    let map = MapDef {
        kernel_name: kernel_name::of_map(&name),
        section: section.into_owned(),
        origin: Origin::StructOps,
        definition,
        inner: None,
        optional_flags: 0,
        pinning: 0,
        slots: Vec::new(),
        struct_ops: Some(StructOps {
            name: operations_name,
            size: operations.size_or_type,
            members: operations.vlen,
            functions: functions_of(btf, structure),
            value_members: wrapper.map(|of| of.vlen),
        }),
        is_created: !part.section.name.starts_with(b"?"),
        refusal: None,
        name,
    };
    found.add(map, Some(span), place, problems);
}

/// Members that are pointers to functions; structures with more members than the kernel allows are not counted out.
fn functions_of(btf: &Btf<'_>, structure: TypeId) -> u32 {
    let is_function = |type_id: TypeId| {
        let pointer = btf.strip(type_id).filter(|(_, of)| of.kind == Kind::Ptr)?;
        btf.strip(pointer.1.target()).filter(|(_, of)| of.kind == Kind::FuncProto)
    };
    let count = btf
        .members(structure)
        .take(MAX_MEMBERS)
        .filter(|of| is_function(of.type_id).is_some())
        .count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// `ops___v2` stands for the kernel's `ops`: what follows three underscores only tells declarations apart.
fn without_flavor(name: &str) -> &str {
    name.rfind("___").filter(|&at| at > 0).and_then(|at| name.get(..at)).unwrap_or(name)
}
