//! `.maps`: maps declared with types (`bpf_object__init_user_btf_map()` of libbpf.c).

use super::attributes::{self, Role};
use super::definition::{Definition, MapDef, Origin};
use super::found::{FoundMaps, Span};
use super::kernel_name;
use super::tables::Tables;
use crate::btf::{Btf, Kind, SectionVariable};
use crate::elf::Elf;
use crate::problem::{ProblemCode, Problems};

/// The name of the section.
pub const NAME: &str = ".maps";

/// `BPF_MAP_TYPE_RINGBUF` and `BPF_MAP_TYPE_USER_RINGBUF`.
const RING_BUFFERS: [u32; 2] = [27, 31];

/// `BTF_VAR_STATIC`.
const STATIC: u32 = 0;

/// `BTF_VAR_GLOBAL_EXTERN`.
const EXTERN: u32 = 2;

/// `BTF_VAR_GLOBAL_ALLOCATED`.
const GLOBAL: u32 = 1;

/// The page size nearly all kernels have; others round ring buffers to theirs.
const PAGE_BYTES: u32 = 4096;

/// Adds every map of `.maps`, in the order of the section.
pub fn read(
    elf: Option<&Elf<'_>>,
    btf: &Btf<'_>,
    tables: &Tables<'_>,
    found: &mut FoundMaps,
    problems: &mut Problems,
) {
    let section = elf.and_then(|elf| elf.named(NAME.as_bytes()));
    let Some(datasec) = tables.datasec(NAME.as_bytes()) else {
        if let Some((_, section)) = section.filter(|(_, section)| section.size > 0) {
            let path = || NAME.to_owned();
            let message = "BTF does not have this section: its maps cannot be read";
            problems.add(ProblemCode::SkippedRecord, section.offset, path, message);
        }
        return;
    };
    let number = section.map(|(number, _)| number);
    let mut placed: Vec<(u64, SectionVariable)> = btf
        .variables(datasec)
        .map(|variable| {
            let name = btf.get(variable.type_id).and_then(|of| btf.name_bytes(of.name));
            // Clang leaves the offset to a relocation, so the symbol is the one to ask.
            let symbol = number.zip(name).and_then(|(number, name)| tables.variable(number, name));
            (symbol.unwrap_or_else(|| variable.offset.into()), variable)
        })
        .collect();
    placed.sort_by_key(|&(offset, _)| offset);
    for (offset, variable) in placed {
        // One that another file defines has no place in this one.
        let is_extern = btf.linkage(variable.type_id) == Some(EXTERN);
        let span = number.filter(|_| !is_extern).map(|section| Span {
            section,
            offset,
            size: variable.size.into(),
            values: None,
        });
        add_map(btf, variable, span, found, problems);
    }
}

fn add_map(
    btf: &Btf<'_>,
    variable: SectionVariable,
    span: Option<Span>,
    found: &mut FoundMaps,
    problems: &mut Problems,
) {
    let place = btf.place_of(variable.type_id);
    let Some(of) = btf.get(variable.type_id).filter(|of| of.kind == Kind::Var) else {
        let path = || NAME.to_owned();
        let message = format!("type {} is not a variable", variable.type_id.0);
        problems.add(ProblemCode::SkippedRecord, place, path, message);
        return;
    };
    let name = btf.name(of.name).into_owned();
    let path = || format!("{NAME}.{name}");
    let definition = btf.strip(of.target()).filter(|(_, of)| of.kind == Kind::Struct);
    let Some((structure, _)) = definition else {
        // clang gives what is not a structure as `void` in this section.
        let message = "its type is not a structure: it is not the definition of one map";
        problems.add(ProblemCode::SkippedRecord, place, path, message);
        return;
    };
    let read = attributes::read(btf, structure, Role::Map, &path(), problems);
    if read.definition.map_type == 0 {
        problems.add(ProblemCode::SkippedRecord, place, path, "it has no map type");
        return;
    }
    note_loading(&read.definition, place, &path(), problems);
    let mut refusal = refusal_of(btf, variable.type_id).or(read.refusal);
    let inner = read.inner.map(|inner| {
        let path = format!("{}.inner", path());
        let inner = attributes::read(btf, inner, Role::Inner, &path, problems);
        note_loading(&inner.definition, place, &path, problems);
        if let (None, Some(reason)) = (&refusal, inner.refusal) {
            refusal = Some(format!("inner map, {reason}"));
        }
        inner.definition
    });
    let map = MapDef {
        kernel_name: kernel_name::of_map(&name),
        section: NAME.to_owned(),
        origin: Origin::Btf,
        definition: read.definition,
        inner,
        optional_flags: 0,
        pinning: read.pinning,
        slots: Vec::new(),
        struct_ops: None,
        is_created: true,
        refusal,
        name,
    };
    let span = span.map(|span| Span { values: read.values, ..span });
    found.add(map, span, place, problems);
}

/// A map must be global (`bpf_object__init_user_btf_map()`); other loaders take a static one.
fn refusal_of(btf: &Btf<'_>, variable: crate::btf::TypeId) -> Option<String> {
    let linkage = btf.linkage(variable).filter(|&linkage| linkage != GLOBAL)?;
    let word = match linkage {
        STATIC => "static",
        EXTERN => "extern, of a file to be linked with this one",
        _ => "of a linkage that is not known",
    };
    Some(format!("the map is {word}, and libbpf takes only global ones"))
}

/// Tells what libbpf will make of a ring's size; that 0 entries of a `perf_event_array` are its CPUs is no news.
fn note_loading(definition: &Definition, place: u64, path: &str, problems: &mut Problems) {
    let entries = definition.max_entries;
    if RING_BUFFERS.contains(&definition.map_type) && entries != rounded(entries) {
        let rounded = rounded(entries);
        let message =
            format!("{entries}: libbpf makes it {rounded} where a page has {PAGE_BYTES} bytes");
        problems.add(ProblemCode::Repaired, place, || format!("{path}.max_entries"), message);
    }
}

/// `adjust_ringbuf_sz()` of libbpf.c: the next power of two of pages; what would not fit stays as it is.
fn rounded(bytes: u32) -> u32 {
    if bytes == 0 { 0 } else { bytes.max(PAGE_BYTES).checked_next_power_of_two().unwrap_or(bytes) }
}
