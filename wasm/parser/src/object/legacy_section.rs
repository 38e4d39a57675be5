//! `maps`: one structure of numbers for each map, as before BTF (`struct bpf_map_def`; libbpf dropped it with 1.0).

use super::definition::{Definition, MapDef, Origin};
use super::found::{FoundMaps, Span};
use super::kernel_name;
use crate::elf::{Elf, Section, SymbolType};
use crate::problem::{ProblemCode, Problems};
use crate::reader::Reader;

/// Bytes of type, key size, value size and entries; flags came later.
const SHORTEST: u64 = 16;

/// Bytes with flags. What follows differs by project, and only tells apart what the kernel does not see.
const WITH_FLAGS: usize = 20;

/// Bytes of a definition that are looked at: no project's has more.
const LONGEST: usize = 256;

/// Adds every map of `maps`, and of `maps/<name>` as some loaders take it.
pub fn read(elf: &Elf<'_>, found: &mut FoundMaps, problems: &mut Problems) {
    let mut starts: Vec<(usize, u64, usize)> = elf
        .symbols
        .iter()
        .enumerate()
        .filter(|(_, symbol)| matches!(symbol.symbol_type, SymbolType::Object | SymbolType::None))
        .filter_map(|(number, symbol)| Some((symbol.section?, symbol.value, number)))
        .filter(|&(section, _, _)| elf.sections.get(section).is_some_and(is_legacy))
        .collect();
    starts.sort_unstable();
    starts.dedup_by_key(|&mut (section, offset, _)| (section, offset));
    let ends = starts.iter().skip(1).map(Some).chain([None]);
    for (&(number, offset, symbol), next) in starts.iter().zip(ends) {
        let Some(section) = elf.sections.get(number) else { continue };
        let next = next.filter(|&&(section, _, _)| section == number).map(|&(_, next, _)| next);
        let size = next.unwrap_or(section.size).saturating_sub(offset);
        let name = elf.symbols.get(symbol).map(|symbol| symbol.text_name().into_owned());
        let span = Span { section: number, offset, size, values: None };
        add_map(elf.reader(section), section, name.unwrap_or_default(), span, found, problems);
    }
}

fn is_legacy(section: &Section<'_>) -> bool {
    section.name.strip_prefix(b"maps").is_some_and(|rest| matches!(rest, [] | [b'/', ..]))
}

fn add_map(
    reader: Reader<'_>,
    section: &Section<'_>,
    name: String,
    span: Span,
    found: &mut FoundMaps,
    problems: &mut Problems,
) {
    let start = usize::try_from(span.offset).unwrap_or(usize::MAX);
    let place = reader.place_of(start);
    let path = || format!("{}.{name}", section.text_name());
    let word = |at: usize| reader.u32_at(start.saturating_add(at));
    let (Some(map_type), Some(key), Some(value), Some(entries)) =
        (word(0), word(4), word(8), word(12))
    else {
        let message = "its definition is past the end of the section";
        problems.add(ProblemCode::SkippedRecord, place, path, message);
        return;
    };
    if span.size < SHORTEST {
        let message = format!("{} bytes, a definition has at least {SHORTEST}", span.size);
        problems.add(ProblemCode::SkippedRecord, place, path, message);
        return;
    }
    let size = usize::try_from(span.size).unwrap_or(usize::MAX);
    let bytes = reader.data().get(start..).unwrap_or_default();
    let rest =
        bytes.get(..size.min(LONGEST)).unwrap_or(bytes).get(WITH_FLAGS..).unwrap_or_default();
    if rest.iter().any(|&byte| byte != 0) {
        let message = format!(
            "its last {} bytes have no agreed meaning and are not read: an inner map or pinning may stand there",
            rest.len()
        );
        problems.add(ProblemCode::Repaired, place, path, message);
    }
    let has_flags = size >= WITH_FLAGS;
    let map = MapDef {
        kernel_name: kernel_name::of_map(&name),
        section: section.text_name().into_owned(),
        origin: Origin::Legacy,
        definition: Definition {
            map_type,
            key_size: Some(key),
            value_size: Some(value),
            max_entries: entries,
            flags: word(16).filter(|_| has_flags).unwrap_or(0),
            ..Definition::default()
        },
        inner: None,
        optional_flags: 0,
        pinning: 0,
        slots: Vec::new(),
        struct_ops: None,
        is_created: true,
        refusal: Some(match section.name {
            b"maps" => "libbpf 1.0 and later refuse the `maps` section".to_owned(),
            _ => format!("libbpf skips the `{}` section", section.text_name()),
        }),
        name,
    };
    found.add(map, Some(span), place, problems);
}
