//! Reads everything that can be read of any bytes: nothing here may panic, hang, or point past the input.

use mapscope_parser::btf::{Btf, BtfExt, Header, Kind, TypeId};
use mapscope_parser::elf::{Elf, Inflated};
use mapscope_parser::reader::ByteOrder;
use mapscope_parser::{ParseError, Problem, Problems, object};
use mapscope_scan::MapDumpScanner;

/// Types of one file that are read in full; a file of more is no better test.
const MOST_TYPES: usize = 4096;

/// Items of one type that are read.
const MOST_ITEMS: usize = 1024;

/// The ELF header, sections, symbols and relocations.
pub fn elf(data: &[u8]) {
    let mut problems = Problems::default();
    let inflated = Inflated::of(data, &mut problems);
    let elf = match Elf::parse(data, &inflated, &mut problems) {
        Ok(elf) => elf,
        Err(error) => return check_error(&error, data),
    };
    for section in elf.sections.iter().take(MOST_ITEMS) {
        let _ = (elf.bytes(section), elf.missing(section), section.text_name());
        let _ = elf.relocations(section).take(MOST_ITEMS).count();
    }
    for symbol in elf.symbols.iter().take(MOST_ITEMS) {
        let _ = symbol.text_name();
    }
    check_problems(&problems.finish(), data);
}

/// The header of BTF alone.
pub fn btf_header(data: &[u8]) {
    if let Err(error) = Header::parse(data, 0) {
        check_error(&error, data);
    }
}

/// Every type of raw BTF with what follows it; the second half as a split file on the first.
pub fn btf_types(data: &[u8]) {
    let btf = match Btf::parse(data) {
        Ok(btf) => btf,
        Err(error) => return check_error(&error, data),
    };
    check_problems(btf.problems(), data);
    read_types(&btf);
    if let Ok(split) = Btf::parse_with_base(data, &btf) {
        read_types(&split);
    }
}

fn read_types(btf: &Btf<'_>) {
    for (id, of) in btf.types().take(MOST_TYPES) {
        let _ = (btf.name(of.name), btf.place_of(id), of.kind.word());
        let _ = (btf.size_of(id), btf.alignment_of(id), btf.strip(id));
        let _ = (btf.integer(id), btf.array(id), btf.linkage(id), btf.component_index(id));
        let items = btf.members(id).take(MOST_ITEMS).count()
            + btf.enumerators(id).take(MOST_ITEMS).count()
            + btf.parameters(id).take(MOST_ITEMS).count()
            + btf.variables(id).take(MOST_ITEMS).count();
        assert!(items <= usize::try_from(of.vlen).unwrap_or(usize::MAX), "type {}", id.0);
    }
    assert!(btf.get(TypeId(btf.id_count())).is_none());
    if let Some(table) = btf.name_table(0) {
        let taken = table.places.iter().filter(|&&row| row != 0).count();
        assert!(table.places.len().is_power_of_two() && 2 * taken <= table.places.len());
    }
    let _ = (btf.find(Kind::Struct, "task_struct"), btf.struct_sizes(&["bpf_map", "", "x"]));
}

/// `.BTF.ext` in both byte orders.
pub fn btf_ext(data: &[u8]) {
    for order in [ByteOrder::Little, ByteOrder::Big] {
        let mut problems = Problems::default();
        let ext = BtfExt::parse(data, order, 0, &mut problems);
        check_problems(&problems.finish(), data);
        match ext {
            Ok(ext) => {
                let records = ext.functions.len() + ext.lines.len() + ext.core_relocations.len();
                assert!(records <= data.len(), "{records} records of {} bytes", data.len());
            }
            Err(error) => check_error(&error, data),
        }
    }
}

/// A whole object, or raw BTF; then its types alone.
pub fn object(data: &[u8]) {
    match object::open_types(data, 0) {
        Ok(types) => {
            check_problems(&types.problems, data);
            read_types(&types.btf);
            types.base.iter().for_each(read_types);
        }
        Err(error) => check_error(&error, data),
    }
    let object = match object::parse(data, "fuzz.o") {
        Ok(object) => object,
        Err(error) => return check_error(&error, data),
    };
    check_problems(&object.problems, data);
    for program in &object.programs {
        for &map in &program.maps {
            assert!(usize::try_from(map).is_ok_and(|map| map < object.maps.len()));
        }
    }
}

/// A `map dump`, as a whole and in pieces whose length the first byte says: the same counts and problems either way.
pub fn dump_scanner(data: &[u8]) {
    let Some((&first, json)) = data.split_first() else { return };
    let size = usize::from(first).max(1);
    let whole = scan([json].into_iter(), json);
    let pieces = scan(json.chunks(size), json);
    assert_eq!(whole, pieces, "pieces of {size}");
}

/// What was counted and what was wrong, as text because sizes that are not known are NaN.
fn scan<'a>(pieces: impl Iterator<Item = &'a [u8]>, data: &[u8]) -> String {
    let mut scanner = MapDumpScanner::new();
    for piece in pieces {
        scanner.push(piece);
    }
    match scanner.finish() {
        Ok(list) => {
            check_problems(&list.problems, data);
            format!("{list:?}")
        }
        Err(error) => {
            check_error(&error, data);
            format!("{error:?}")
        }
    }
}

fn check_error(error: &ParseError, data: &[u8]) {
    let place = error.place();
    assert!(!place.path.is_empty() && !place.message.is_empty(), "{error:?}");
    assert!(place.offset <= length(data), "{error:?} of {} bytes", data.len());
}

fn check_problems(problems: &[Problem], data: &[u8]) {
    for problem in problems {
        assert!(!problem.path.is_empty() && !problem.message.is_empty(), "{problem:?}");
        assert!(problem.offset <= length(data), "{problem:?} of {} bytes", data.len());
    }
}

fn length(data: &[u8]) -> u64 {
    u64::try_from(data.len()).unwrap_or(u64::MAX)
}
