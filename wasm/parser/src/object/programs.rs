//! The programs of an object: each with its type, its size and the maps it uses.

use std::collections::BTreeMap;

use super::definition::{ProgramDef, SourceLine};
use super::found::FoundMaps;
use super::functions::{Body, Functions, INSTRUCTION_BYTES};
use super::program_type;
use super::uses::{AllUses, Reach};
use crate::btf::{Btf, BtfExt, LineInfo, StringOffset};
use crate::elf::Elf;
use crate::problem::{ProblemCode, Problems};

/// Describes every program.
pub fn read(
    elf: &Elf<'_>,
    btf: Option<&Btf<'_>>,
    ext: Option<&BtfExt>,
    functions: &Functions,
    maps: &FoundMaps,
    problems: &mut Problems,
) -> Vec<ProgramDef> {
    let mut uses = AllUses::collect(elf, functions, maps, problems);
    let sources = source_lines(elf, btf, ext, functions);
    let mut programs = Vec::new();
    for function in functions.named.iter().filter(|of| of.is_program) {
        let (Some(symbol), Some(&body)) =
            (elf.symbols.get(function.symbol), functions.bodies.get(function.body))
        else {
            continue;
        };
        let Some(section) = elf.sections.get(body.section) else { continue };
        let own = count(body.end.saturating_sub(body.start).div_euclid(INSTRUCTION_BYTES));
        let reach = uses.reach(function.body, functions).unwrap_or_else(|| {
            let place = section.offset.saturating_add(body.start);
            let path = || format!("{}.{}", section.text_name(), symbol.text_name());
            let message = "its calls are too many to follow: only its own use of maps is told";
            problems.add(ProblemCode::OverLimit, place, path, message);
            Reach { maps: uses.own_maps(function.body), instructions: u64::from(own) }
        });
        programs.push(ProgramDef {
            name: symbol.text_name().into_owned(),
            program_type: program_type::of_section(&section.text_name()),
            section: section.text_name().into_owned(),
            instructions: own,
            loaded_instructions: count(reach.instructions),
            maps: reach.maps,
            is_loaded: !section.name.starts_with(b"?"),
            source: sources.get(&body).cloned(),
        });
    }
    programs
}

fn count(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The source line of the first instruction of each function.
fn source_lines(
    elf: &Elf<'_>,
    btf: Option<&Btf<'_>>,
    ext: Option<&BtfExt>,
    functions: &Functions,
) -> BTreeMap<Body, SourceLine> {
    let mut found = BTreeMap::new();
    let Some((btf, ext)) = btf.zip(ext) else { return found };
    let wanted: BTreeMap<(&[u8], u64), Body> = functions
        .bodies
        .iter()
        .filter_map(|body| Some(((elf.sections.get(body.section)?.name, body.start), *body)))
        .collect();
    let mut current: Option<(StringOffset, &[u8])> = None;
    for &LineInfo { section, offset, file, line, .. } in &ext.lines {
        let name = match current {
            Some((known, name)) if known == section => name,
            _ => btf.name_bytes(section).unwrap_or_default(),
        };
        current = Some((section, name));
        if let Some(&body) = wanted.get(&(name, u64::from(offset))) {
            found
                .entry(body)
                .or_insert_with(|| SourceLine { file: btf.name(file).into_owned(), line });
        }
    }
    found
}
