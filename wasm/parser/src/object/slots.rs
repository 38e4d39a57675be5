//! What an object puts into its own maps: relocations in `.maps` and `.struct_ops`
//! (`bpf_object__collect_map_relos()` and `bpf_object__collect_st_ops_relos()` of libbpf.c).

use super::definition::{Origin, Slot};
use super::found::{FoundMaps, Span};
use super::functions::Functions;
use super::uses::take_room;
use crate::btf::Btf;
use crate::elf::{Elf, Relocation, SectionType, SymbolType};
use crate::limits::MAX_OBJECT_ITEMS;
use crate::problem::{ProblemCode, Problems};

/// Bytes of a pointer in a BPF object.
const POINTER_BYTES: u64 = 8;

/// Members of an operations structure among which one is looked for.
const MAX_MEMBERS: usize = 256;

/// Fills the slots of all maps.
pub fn fill(
    elf: &Elf<'_>,
    btf: Option<&Btf<'_>>,
    functions: &Functions,
    found: &mut FoundMaps,
    problems: &mut Problems,
) {
    let mut room = elf.input_length();
    let mut left = MAX_OBJECT_ITEMS;
    for section in &elf.sections {
        let Ok(target) = usize::try_from(section.info) else { continue };
        let of = elf.sections.get(target);
        let holds_maps = of.is_some_and(|of| {
            let name = of.name.strip_prefix(b"?").unwrap_or(of.name);
            matches!(name, b".maps" | b".struct_ops" | b".struct_ops.link")
        });
        if section.section_type != SectionType::Relocations || !holds_maps {
            continue;
        }
        if !take_room(&mut room, elf, section, problems) {
            return;
        }
        for relocation in elf.relocations(section) {
            if left == 0 {
                let path = || section.path();
                let message = format!("more than {MAX_OBJECT_ITEMS} slots: the rest is left out");
                problems.add(ProblemCode::OverLimit, section.offset, path, message);
                return;
            }
            left = left.saturating_sub(1);
            if let Some((map, slot)) = slot_of(elf, btf, functions, found, target, relocation) {
                if let Some(map) = found.maps.get_mut(map) {
                    map.slots.push(slot);
                }
            } else {
                let place = of.map_or(0, |of| of.offset.saturating_add(relocation.offset));
                let path = || section.path();
                let message = "what this relocation puts into a map is neither a map nor a program";
                problems.add(ProblemCode::Malformed, place, path, message);
            }
        }
    }
    for map in &mut found.maps {
        map.slots.sort_by_key(|slot| slot.index);
    }
}

fn slot_of(
    elf: &Elf<'_>,
    btf: Option<&Btf<'_>>,
    functions: &Functions,
    found: &FoundMaps,
    section: usize,
    relocation: Relocation,
) -> Option<(usize, Slot)> {
    let (map, span) = found.around(section, relocation.offset)?;
    let map = usize::try_from(map).ok()?;
    let definition = found.maps.get(map)?;
    let inside = relocation.offset.checked_sub(span.offset)?;
    let index = match definition.origin {
        Origin::StructOps => member_at(btf?, definition.definition.value_type?, inside)?,
        _ => element_at(span, inside)?,
    };
    let symbol = elf.symbols.get(relocation.symbol)?;
    let (name, is_program) = if symbol.symbol_type == SymbolType::Function {
        (symbol.text_name().into_owned(), true)
    } else if let Some(target) = found.at(symbol.section?, symbol.value) {
        (found.maps.get(usize::try_from(target).ok()?)?.name.clone(), false)
    } else {
        let body = functions.around(symbol.section?, symbol.value)?;
        let named = functions.named.get(functions.named.partition_point(|of| of.body < body))?;
        (elf.symbols.get(named.symbol)?.text_name().into_owned(), true)
    };
    Some((map, Slot { index, name, is_program }))
}

/// The element of `values` at a place in a map's variable.
fn element_at(span: Span, inside: u64) -> Option<u32> {
    let bytes = inside.checked_sub(span.values?)?;
    u32::try_from(bytes.checked_div(POINTER_BYTES)?).ok()
}

/// The member of an operations structure at a place in it.
fn member_at(btf: &Btf<'_>, structure: crate::btf::TypeId, inside: u64) -> Option<u32> {
    let bit = inside.checked_mul(8)?;
    let mut members = btf.members(structure).take(MAX_MEMBERS);
    u32::try_from(members.position(|of| u64::from(of.bit_offset) == bit)?).ok()
}
