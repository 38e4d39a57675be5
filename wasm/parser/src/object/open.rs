//! Opens an object: ELF, raw BTF, or what is left of a cut ELF file.

use super::definition::{Format, Object};
use super::found::FoundMaps;
use super::functions::Functions;
use super::tables::Tables;
use super::{data_section, kconfig, legacy_section, map_section, programs, slots, struct_ops};
use crate::btf::{Btf, Header as BtfHeader};
use crate::elf::{Elf, Header, MACHINE_BPF, MACHINE_NONE, RELOCATABLE, Section, SectionType};
use crate::error::{ParseError, Place};
use crate::limits::MAX_NAME;
use crate::problem::{Problem, ProblemCode, Problems};

/// What the first bytes say: ELF, raw BTF, or nothing known.
#[must_use]
pub fn sniff(head: &[u8]) -> Option<Format> {
    match head {
        [0x7f, b'E', b'L', b'F', ..] => Some(Format::Elf),
        [0x9f, 0xeb, 1, ..] | [0xeb, 0x9f, 1, ..] => Some(Format::Btf),
        _ => None,
    }
}

/// Reads a BPF object or raw BTF. `object_name` is its file's name, from which libbpf names data sections.
///
/// # Errors
/// It is neither, is of another machine without BTF, or too little of it is left.
pub fn parse<'a>(bytes: &'a [u8], object_name: &str) -> Result<Object<'a>, ParseError> {
    if sniff(bytes) == Some(Format::Btf) {
        return parse_raw(bytes);
    }
    let mut problems = Problems::default();
    let elf = match Elf::parse(bytes, &mut problems) {
        Ok(elf) => elf,
        Err(error) => return parse_rest(bytes, error),
    };
    let btf = find_btf(&elf, &mut problems);
    if !matches!(elf.header.machine, MACHINE_BPF | MACHINE_NONE) {
        return of_other_machine(elf.header.machine, btf);
    }
    check_header(&elf, &mut problems);
    let tables = Tables::new(Some(&elf), btf.as_ref());
    let mut found = FoundMaps::default();
    if let Some(btf) = &btf {
        map_section::read(Some(&elf), btf, &tables, &mut found, &mut problems);
    } else if let Some((_, section)) = elf.named(b".maps").filter(|(_, of)| of.size > 0) {
        let path = || ".maps".to_owned();
        let message = "there is no BTF to read the maps with";
        problems.add(ProblemCode::SkippedRecord, section.offset, path, message);
    }
    legacy_section::read(&elf, &mut found, &mut problems);
    data_section::read(&elf, btf.as_ref(), &tables, object_name, &mut found, &mut problems);
    if let Some(btf) = &btf {
        kconfig::read(btf, &tables, object_name, &mut found, &mut problems);
        struct_ops::read(&elf, btf, &tables, &mut found, &mut problems);
    }
    let functions = Functions::find(&elf, &mut problems);
    slots::fill(&elf, btf.as_ref(), &functions, &mut found, &mut problems);
    let programs = programs::read(&elf, btf.as_ref(), &functions, &found, &mut problems);
    Ok(Object {
        format: Format::Elf,
        byte_order: elf.header.order,
        license: license_of(&elf),
        maps: found.maps,
        programs,
        btf,
        problems: problems.finish(),
    })
}

/// Raw BTF: the types, and the maps when it is an object's.
fn parse_raw(bytes: &[u8]) -> Result<Object<'_>, ParseError> {
    let btf = Btf::parse(bytes)?;
    Ok(of_types(btf, Format::Btf, Problems::default()))
}

/// An object of which only the types are there.
fn of_types(btf: Btf<'_>, format: Format, mut problems: Problems) -> Object<'_> {
    let mut found = FoundMaps::default();
    copy(btf.problems(), &mut problems);
    map_section::read(None, &btf, &Tables::new(None, Some(&btf)), &mut found, &mut problems);
    Object {
        format,
        byte_order: btf.order(),
        license: None,
        maps: found.maps,
        programs: Vec::new(),
        problems: problems.finish(),
        btf: Some(btf),
    }
}

/// An ELF file that is cut before its section headers, which stand at its end: its types may be whole.
fn parse_rest(bytes: &[u8], error: ParseError) -> Result<Object<'_>, ParseError> {
    let ParseError::Truncated(place) = &error else { return Err(error) };
    let Ok(header) = Header::parse(bytes) else { return Err(error) };
    let Some(btf) = search_btf(bytes, &header) else { return Err(error) };
    let mut problems = Problems::default();
    let message = format!("{}: only the types are read, without programs", place.message);
    problems.add(ProblemCode::Truncated, place.offset, || place.path.clone(), message);
    Ok(of_types(btf, Format::Elf, problems))
}

/// Looks for whole BTF at every fourth byte.
fn search_btf<'a>(bytes: &'a [u8], header: &Header) -> Option<Btf<'a>> {
    if !matches!(header.machine, MACHINE_BPF | MACHINE_NONE) {
        return None;
    }
    let magic: [u8; 3] = match header.order {
        crate::reader::ByteOrder::Little => [0x9f, 0xeb, 1],
        crate::reader::ByteOrder::Big => [0xeb, 0x9f, 1],
    };
    let mut starts = (0..bytes.len()).step_by(4).filter_map(|at| {
        let rest = bytes.get(at..).filter(|rest| rest.starts_with(&magic))?;
        let start = u64::try_from(at).ok()?;
        // `.BTF.ext` begins alike, but with another length of its header or no types.
        let of = BtfHeader::parse(rest, start).ok()?;
        (of.types.0 == 0 && of.strings.0 == of.types.1 && of.strings.1 > 0).then_some((rest, start))
    });
    let (rest, start) = starts.next()?;
    Btf::parse_at(rest, start).ok().filter(|btf| btf.problems().is_empty())
}

fn find_btf<'a>(elf: &Elf<'a>, problems: &mut Problems) -> Option<Btf<'a>> {
    let (_, section) = elf.named(b".BTF")?;
    let path = || ".BTF".to_owned();
    if section.is_compressed() {
        let message = "compressed sections are not read: decompress it with `llvm-objcopy --decompress-debug-sections`";
        problems.add(ProblemCode::SkippedRecord, section.offset, path, message);
        return None;
    }
    if let Some(missing) = elf.missing(section) {
        let message = format!("its last {missing} bytes are past the end of the input");
        problems.add(ProblemCode::Truncated, section.offset, path, message);
    }
    match Btf::parse_at(elf.bytes(section), section.offset) {
        Ok(btf) => {
            copy(btf.problems(), problems);
            Some(btf)
        }
        Err(error) => {
            let code = match error {
                ParseError::Truncated(_) => ProblemCode::Truncated,
                ParseError::OverLimit(_) => ProblemCode::OverLimit,
                ParseError::WrongFormat(_) | ParseError::Malformed(_) => ProblemCode::Malformed,
            };
            let place = error.place();
            problems.add(code, place.offset, || place.path.clone(), place.message.clone());
            None
        }
    }
}

fn copy(from: &[Problem], to: &mut Problems) {
    for problem in from {
        to.add(problem.code, problem.offset, || problem.path.clone(), problem.message.clone());
    }
}

/// Other machines' files, such as a kernel with debug information, are read for their types only.
fn of_other_machine(machine: u16, btf: Option<Btf<'_>>) -> Result<Object<'_>, ParseError> {
    let message = format!("machine {machine} is not BPF ({MACHINE_BPF})");
    let Some(btf) = btf else {
        return Err(ParseError::WrongFormat(Place::new(18, "e_machine", message)));
    };
    let mut problems = Problems::default();
    let message = format!("{message}: only the types are read");
    problems.add(ProblemCode::Malformed, 18, || "e_machine".to_owned(), message);
    Ok(of_types(btf, Format::Elf, problems))
}

/// What loaders refuse, though it can be read.
fn check_header(elf: &Elf<'_>, problems: &mut Problems) {
    let file_type = elf.header.file_type;
    if file_type != RELOCATABLE {
        let message =
            format!("file type {file_type} is not {RELOCATABLE}, relocatable: libbpf refuses it");
        problems.add(ProblemCode::Malformed, 16, || "e_type".to_owned(), message);
    }
    if elf.symbols.is_empty() {
        let message = "there are no symbols: programs and what they use cannot be told";
        problems.add(ProblemCode::Malformed, 0, || ".symtab".to_owned(), message);
    }
}

/// The text of the `license` section.
fn license_of(elf: &Elf<'_>) -> Option<String> {
    let is_license = |section: &&Section<'_>| {
        section.name == b"license" && section.section_type == SectionType::Bytes
    };
    let section = elf.sections.iter().find(is_license)?;
    let text = elf.reader(section).text_at(0, MAX_NAME)?;
    Some(String::from_utf8_lossy(text).into_owned())
}
