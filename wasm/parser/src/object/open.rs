//! Opens an object: ELF, raw BTF, or what is left of a cut ELF file.

use super::definition::{Format, Object};
use super::found::FoundMaps;
use super::functions::Functions;
use super::tables::Tables;
use super::{data_section, kconfig, legacy_section, map_section, programs, slots, struct_ops};
use crate::btf::{Btf, BtfExt, Header as BtfHeader};
use crate::elf::{
    Elf, Header, Inflated, MACHINE_BPF, MACHINE_NONE, RELOCATABLE, Section, SectionType,
};
use crate::error::{ParseError, Place};
use crate::limits::MAX_NAME;
use crate::problem::{Problem, ProblemCode, Problems};

/// The section of types.
const TYPES: &str = ".BTF";

/// The section of what the types of a module are split from: those of a kernel that it needs (Linux 6.11).
const BASE: &str = ".BTF.base";

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
    let inflated = Inflated::of(bytes, &mut problems);
    if inflated.is_empty() {
        return parse_elf(bytes, &NOTHING_INFLATED, object_name, problems);
    }
    parse_elf(bytes, &inflated, object_name, problems).map(Object::into_owned)
}

/// The types of a file, alone.
#[derive(Debug)]
pub struct Types<'a> {
    /// The types themselves.
    pub btf: Btf<'a>,
    /// What they go on from, where the file brings it along (`.BTF.base`).
    pub base: Option<Btf<'a>>,
    /// Bytes of strings that the names go on from: of its own base, or as given.
    pub inherited: u32,
    /// What was cut or not understood.
    pub problems: Vec<Problem>,
}

/// Opens the types alone: of raw BTF, or of an ELF file of any machine. `inherited` are the bytes of the strings of the
/// file that they are split from, else 0; a file that brings its base along goes on from that.
///
/// # Errors
/// It is neither, or has no types that can be read.
pub fn open_types(bytes: &[u8], inherited: u32) -> Result<Types<'_>, ParseError> {
    if sniff(bytes) == Some(Format::Btf) {
        let btf = Btf::parse(bytes)?;
        let mut problems = Problems::default();
        copy(btf.problems(), &mut problems);
        btf.tell_names_past_end(inherited, &mut problems);
        return Ok(Types { btf, base: None, inherited, problems: problems.finish() });
    }
    let mut problems = Problems::default();
    let inflated = Inflated::of(bytes, &mut problems);
    let elf = match Elf::parse(bytes, &inflated, &mut problems) {
        Ok(elf) => elf,
        Err(error) => {
            let Object { btf, problems, .. } = parse_rest(bytes, error)?;
            let btf = btf.ok_or_else(|| no_types(bytes, &[]))?;
            return Ok(Types { btf, base: None, inherited, problems });
        }
    };
    let btf = find_btf(&elf, TYPES, &mut problems).map(Btf::into_owned);
    let base = find_btf(&elf, BASE, &mut problems).map(Btf::into_owned);
    let inherited = base.as_ref().map_or(inherited, |base| base.header().strings.1);
    if let Some(btf) = &btf {
        btf.tell_names_past_end(inherited, &mut problems);
    }
    let mut problems = problems.finish();
    settle(&mut problems, &elf);
    match btf {
        Some(btf) => Ok(Types { btf, base, inherited, problems }),
        None => Err(no_types(bytes, &problems)),
    }
}

/// Why there are no types: what is wrong with them, or that the file has none.
fn no_types(bytes: &[u8], problems: &[Problem]) -> ParseError {
    let is_of_types = |of: &&Problem| of.path == ".BTF" || of.path.starts_with("btf_");
    let Some(problem) = problems.iter().find(is_of_types) else {
        let end = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        return ParseError::WrongFormat(Place::new(end, ".BTF", "the file has no such section"));
    };
    let place = Place::new(problem.offset, &*problem.path, &*problem.message);
    match problem.code {
        ProblemCode::Truncated => ParseError::Truncated(place),
        ProblemCode::OverLimit => ParseError::OverLimit(place),
        _ => ParseError::Malformed(place),
    }
}

/// Of files without compressed sections.
static NOTHING_INFLATED: Inflated = Inflated::NONE;

fn parse_elf<'a>(
    bytes: &'a [u8],
    inflated: &'a Inflated,
    object_name: &str,
    mut problems: Problems,
) -> Result<Object<'a>, ParseError> {
    let elf = match Elf::parse(bytes, inflated, &mut problems) {
        Ok(elf) => elf,
        Err(error) => return parse_rest(bytes, error),
    };
    let mut object = read_elf(&elf, object_name, problems)?;
    settle(&mut object.problems, &elf);
    Ok(object)
}

fn read_elf<'a>(
    elf: &Elf<'a>,
    object_name: &str,
    mut problems: Problems,
) -> Result<Object<'a>, ParseError> {
    let btf = find_btf(elf, TYPES, &mut problems);
    if let Some(btf) = &btf {
        btf.tell_names_past_end(0, &mut problems);
    }
    if !matches!(elf.header.machine, MACHINE_BPF | MACHINE_NONE) {
        return of_other_machine(elf, btf, problems);
    }
    check_header(elf, &mut problems);
    check_compressed(elf, &mut problems);
    let tables = Tables::new(Some(elf), btf.as_ref());
    let mut found = FoundMaps::default();
    if let Some(btf) = &btf {
        map_section::read(Some(elf), btf, &tables, &mut found, &mut problems);
    } else if let Some((_, section)) = elf.named(b".maps").filter(|(_, of)| of.size > 0) {
        let path = || ".maps".to_owned();
        let message = "there is no BTF to read the maps with";
        problems.add(ProblemCode::SkippedRecord, section.offset, path, message);
    }
    legacy_section::read(elf, &mut found, &mut problems);
    data_section::read(elf, btf.as_ref(), &tables, object_name, &mut found, &mut problems);
    if let Some(btf) = &btf {
        kconfig::read(btf, &tables, object_name, &mut found, &mut problems);
        struct_ops::read(elf, btf, &tables, &mut found, &mut problems);
    }
    let functions = Functions::find(elf, &mut problems);
    slots::fill(elf, btf.as_ref(), &functions, &mut found, &mut problems);
    let ext = find_ext(elf, btf.as_ref(), &mut problems);
    let programs =
        programs::read(elf, btf.as_ref(), ext.as_ref(), &functions, &found, &mut problems);
    Ok(Object {
        format: Format::Elf,
        byte_order: elf.header.order,
        license: license_of(elf),
        maps: found.maps,
        programs,
        ext,
        btf,
        problems: problems.finish(),
    })
}

/// No place is past the input: one in inflated bytes becomes its section's, one that a damaged header gives the end.
fn settle(problems: &mut [Problem], elf: &Elf<'_>) {
    for problem in problems {
        if let Some((section, inside)) = Inflated::settle(problem.offset)
            && let Some(section) = elf.sections.get(section).filter(|of| of.is_compressed())
        {
            problem.offset = section.offset;
            problem.message =
                format!("{} (at byte {inside} of the inflated section)", problem.message);
        }
        problem.offset = problem.offset.min(elf.file_length());
    }
}

/// Raw BTF: the types, and the maps when it is an object's.
fn parse_raw(bytes: &[u8]) -> Result<Object<'_>, ParseError> {
    let btf = Btf::parse(bytes)?;
    let mut problems = Problems::default();
    copy(btf.problems(), &mut problems);
    btf.tell_names_past_end(0, &mut problems);
    Ok(of_types(btf, Format::Btf, problems))
}

/// An object of which only the types are there.
fn of_types(btf: Btf<'_>, format: Format, mut problems: Problems) -> Object<'_> {
    let mut found = FoundMaps::default();
    map_section::read(None, &btf, &Tables::new(None, Some(&btf)), &mut found, &mut problems);
    Object {
        format,
        byte_order: btf.order(),
        license: None,
        maps: found.maps,
        programs: Vec::new(),
        ext: None,
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

fn find_btf<'a>(elf: &Elf<'a>, name: &str, problems: &mut Problems) -> Option<Btf<'a>> {
    let (_, section) = elf.named(name.as_bytes())?;
    let path = || name.to_owned();
    if section.is_compressed() && elf.bytes(section).is_empty() {
        // It was told why when it was inflated.
        return None;
    }
    if let Some(missing) = elf.missing(section) {
        let message = format!("its last {missing} bytes are past the end of the input");
        problems.add(ProblemCode::Truncated, section.offset, path, message);
    }
    match Btf::parse_at(elf.bytes(section), elf.base_of(section)) {
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

/// `.BTF.ext`, which only makes sense with the strings of `.BTF`.
fn find_ext(elf: &Elf<'_>, btf: Option<&Btf<'_>>, problems: &mut Problems) -> Option<BtfExt> {
    let (_, (_, section)) = btf.zip(elf.named(b".BTF.ext"))?;
    if section.is_compressed() && elf.bytes(section).is_empty() {
        return None;
    }
    match BtfExt::parse(elf.bytes(section), elf.header.order, elf.base_of(section), problems) {
        Ok(ext) => Some(ext),
        Err(error) => {
            let place = error.place();
            let path = || place.path.clone();
            problems.add(ProblemCode::Malformed, place.offset, path, place.message.clone());
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
fn of_other_machine<'a>(
    elf: &Elf<'_>,
    btf: Option<Btf<'a>>,
    mut problems: Problems,
) -> Result<Object<'a>, ParseError> {
    let machine = elf.header.machine;
    let message = format!("machine {machine} is not BPF ({MACHINE_BPF})");
    let Some(btf) = btf else {
        return Err(ParseError::WrongFormat(Place::new(18, "e_machine", message)));
    };
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

/// What loaders make of compressed sections other than those of types, which libbpf refuses by itself.
fn check_compressed(elf: &Elf<'_>, problems: &mut Problems) {
    for section in &elf.sections {
        let is_loaded = matches!(section.section_type, SectionType::Bytes);
        if !section.is_compressed() || !is_loaded || section.is_named_like(TYPES.as_bytes()) {
            continue;
        }
        let message = format!(
            "{} bytes, compressed to {}: libbpf does not undo it and takes these as they are",
            section.size, section.file_size
        );
        problems.add(ProblemCode::Repaired, section.offset, || section.path(), message);
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
