//! Any bytes give an object or an error, in time that grows with their length.
#![allow(clippy::arithmetic_side_effects, reason = "tests may fail loudly")]

mod object_support;

use std::time::{Duration, Instant};

use mapscope_parser::elf::{Elf, Inflated};
use mapscope_parser::limits::MAX_PROBLEMS_PER_CODE;
use mapscope_parser::object;
use mapscope_parser::{ParseError, ProblemCode, Problems};
use object_support::{FIXTURES, read};

/// What one parse of a small object may take, in a debug build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(5);

/// Reads everything there is to read; true when it was an object.
fn exercise(bytes: &[u8], what: impl Fn() -> String) -> bool {
    let begun = Instant::now();
    let parsed = object::parse(bytes, "hostile.o");
    let is_object = match &parsed {
        Ok(object) => {
            let length = u64::try_from(bytes.len()).unwrap_or(0);
            assert!(object.problems.iter().all(|of| of.offset <= length), "{}", what());
            assert!(object.problems.len() <= 7 * (MAX_PROBLEMS_PER_CODE + 1), "{}", what());
            for map in &object.maps {
                let types = [map.definition.key_type, map.definition.value_type];
                for id in types.into_iter().flatten() {
                    object.btf.as_ref().and_then(|btf| btf.size_of(id));
                }
            }
            for program in &object.programs {
                let maps = object.maps.len();
                let in_range = program
                    .maps
                    .iter()
                    .all(|&map| usize::try_from(map).is_ok_and(|map| map < maps));
                assert!(in_range, "{}", what());
            }
            true
        }
        Err(error) => {
            let place = error.place();
            assert!(place.offset <= u64::try_from(bytes.len()).unwrap_or(0), "{}", what());
            assert!(!place.path.is_empty() && !place.message.is_empty(), "{}", what());
            false
        }
    };
    assert!(begun.elapsed() < PATIENCE, "{} took {:?}", what(), begun.elapsed());
    is_object
}

/// Objects with the distance of the places that are damaged: every one of the small object, enough of the others.
fn samples() -> [(&'static str, Vec<u8>, usize); 4] {
    [
        ("legacy-maps.el.o", read(FIXTURES, "legacy-maps.el.o"), 1),
        ("map-in-map.eb.o", read(FIXTURES, "map-in-map.eb.o"), 11),
        ("map-attributes.el.o", read(FIXTURES, "map-attributes.el.o"), 23),
        ("rare-declarations.el.o", read(FIXTURES, "rare-declarations.el.o"), 23),
    ]
}

#[test]
fn every_prefix_is_an_object_or_an_error() {
    for (name, bytes, step) in samples() {
        for end in (0..bytes.len()).step_by(step.div_ceil(2)) {
            exercise(&bytes[..end], || format!("{name} cut at {end}"));
        }
    }
}

#[test]
fn an_object_that_is_cut_behind_its_types_still_has_its_maps() {
    for (name, maps) in [("map-in-map.el.o", 6), ("map-in-map.eb.o", 6)] {
        let bytes = read(FIXTURES, name);
        let cut = &bytes[..bytes.len() - 1000];
        let found = object::parse(cut, name).map(|of| (of.maps.len(), of.problems.len()));
        assert_eq!(found, Ok((maps, 1)), "{name}");
        let early = object::parse(&bytes[..400], name).map(|of| of.maps.len());
        assert!(matches!(early, Err(ParseError::Truncated(_))), "{name}: {early:?}");
    }
}

#[test]
fn every_changed_byte_is_an_object_or_an_error() {
    for (name, original, step) in samples() {
        let mut bytes = original.clone();
        for at in (0..bytes.len()).step_by(step) {
            for change in [0x01, 0x10, 0x80, 0xff] {
                bytes[at] ^= change;
                exercise(&bytes, || format!("{name} with byte {at} ^ {change:#x}"));
                bytes[at] = original[at];
            }
        }
    }
}

#[test]
fn every_changed_word_is_an_object_or_an_error() {
    for (name, original, step) in samples() {
        let mut bytes = original.clone();
        for at in (0..bytes.len() - 4).step_by(4 * step) {
            for word in [0_u32, 1, 0x7fff_ffff, 0xffff_ffff, 0x0400_ffff, 0xffff_ff04] {
                bytes[at..at + 4].copy_from_slice(&word.to_le_bytes());
                exercise(&bytes, || format!("{name} with {word:#x} at {at}"));
                bytes[at..at + 4].copy_from_slice(&original[at..at + 4]);
            }
        }
    }
}

#[test]
fn what_is_not_an_object_is_named_with_its_place() {
    let object = read(FIXTURES, "legacy-maps.el.o");
    let with = |at: usize, byte: u8| {
        let mut bytes = object.clone();
        bytes[at] = byte;
        bytes
    };
    let cases: [(&str, Vec<u8>, u64, &str); 7] = [
        ("nothing", Vec::new(), 0, "e_ident.EI_MAG"),
        ("text", b"[{\"id\":1}]".to_vec(), 0, "e_ident.EI_MAG"),
        ("32 bits", with(4, 1), 4, "e_ident.EI_CLASS"),
        ("no byte order", with(5, 3), 5, "e_ident.EI_DATA"),
        ("x86-64", with(18, 62), 18, "e_machine"),
        ("half a header", object[..40].to_vec(), 40, "e_shoff"),
        ("no section headers", object[..1000].to_vec(), 40, "e_shoff"),
    ];
    for (name, bytes, offset, field) in cases {
        let place = object::parse(&bytes, "x.o").map(|_| ()).map_err(|error| {
            let place = error.place();
            (place.offset, place.path.clone())
        });
        assert_eq!(place, Err((offset, field.to_owned())), "{name}");
    }
}

/// An ELF file of `sections` headers that all say the same: these bytes, this type, these flags.
fn overlapping(kind: u32, flags: u64, info: u32, sections: usize, body: &[u8]) -> Vec<u8> {
    let mut file = vec![0x7f, b'E', b'L', b'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let at = 64 + u64::try_from(body.len()).unwrap_or(0);
    file.extend([1, 0, 247, 0, 1, 0, 0, 0]);
    file.extend([0; 16]);
    file.extend(at.to_le_bytes());
    file.extend([0, 0, 0, 0, 64, 0, 0, 0, 0, 0, 64, 0, 0, 0, 0, 0]);
    file.extend(body);
    let size = u64::try_from(body.len() + 64 * sections).unwrap_or(0);
    for number in 0..sections {
        let mut header = [0_u8; 64];
        // The first header holds the count, as there are too many for `e_shnum`; the second the symbols.
        let kind = if number == 1 { 2 } else { kind };
        header[4..8].copy_from_slice(&kind.to_le_bytes());
        header[8..16].copy_from_slice(&flags.to_le_bytes());
        header[24..32].copy_from_slice(&64_u64.to_le_bytes());
        let size = if number == 0 { u64::try_from(sections).unwrap_or(0) } else { size };
        header[32..40].copy_from_slice(&size.to_le_bytes());
        header[44..48].copy_from_slice(&info.to_le_bytes());
        file.extend(header);
    }
    file
}

#[test]
fn sections_that_overlap_without_end_take_no_time() {
    let body = vec![0x12; 512 * 1024];
    for (kind, flags, info) in [(1, 4, 0), (9, 4, 2), (9, 4, 0xffff_ffff), (3, 0, 0), (8, 0, 0)] {
        let file = overlapping(kind, flags, info, 8000, &body);
        exercise(&file, || format!("8,000 sections of type {kind} with flags {flags}"));
    }
}

#[test]
fn a_zip_bomb_is_refused_by_what_it_says_of_itself() {
    let original = read(FIXTURES, "map-attributes-zlib.el.o");
    let mut problems = Problems::default();
    let inflated = Inflated::of(&original, &mut problems);
    let place = Elf::parse(&original, &inflated, &mut problems)
        .ok()
        .and_then(|elf| usize::try_from(elf.named(b".BTF")?.1.offset).ok());
    let at = place.expect("the object has .BTF");
    // `ch_size` is at byte 8 of `Elf64_Chdr`, the zlib data at byte 24.
    let told = |bytes: &[u8]| {
        let object = object::parse(bytes, "x.o").expect("the rest of the object is whole");
        assert!(object.btf.is_none());
        let problem = object.problems.iter().find(|of| of.path == ".BTF").expect("it is told");
        (problem.code, problem.offset, problem.message.clone())
    };
    let with = |change: &dyn Fn(&mut [u8])| {
        let mut bytes = original.clone();
        change(&mut bytes[at..]);
        told(&bytes)
    };
    let offset = u64::try_from(at).unwrap_or(0);
    let (code, place, message) =
        with(&|bytes| bytes[8..16].copy_from_slice(&u64::MAX.to_le_bytes()));
    assert_eq!((code, place), (ProblemCode::Malformed, offset), "{message}");
    let (code, _, message) = with(&|bytes| bytes[8] ^= 1);
    assert_eq!(code, ProblemCode::Malformed, "{message}");
    let (code, _, message) = with(&|bytes| bytes[100] ^= 0xff);
    assert_eq!(code, ProblemCode::Malformed, "{message}");
    let (code, _, message) = with(&|bytes| bytes[0] = 9);
    assert_eq!(code, ProblemCode::SkippedRecord, "{message}");
}

#[test]
fn sections_that_would_inflate_to_too_much_are_left_out() {
    // 128 KiB can stand for 128 MiB: more than all sections of a file may have.
    let (header, body) = (24_usize, 128 * 1024_usize);
    let size = u64::try_from(body * 1000).unwrap_or(0);
    let mut section = vec![0_u8; header + body];
    section[..4].copy_from_slice(&1_u32.to_le_bytes());
    section[8..16].copy_from_slice(&size.to_le_bytes());
    let file = overlapping(1, 0x800, 0, 50, &section);
    let mut problems = Problems::default();
    let inflated = Inflated::of(&file, &mut problems);
    assert!(inflated.is_empty());
    let codes: Vec<_> = problems.finish().into_iter().map(|of| of.code).collect();
    let over = codes.iter().filter(|&&code| code == ProblemCode::OverLimit).count();
    assert!(over > 30, "{codes:?}");
    exercise(&file, || "compressed sections of 128 MiB each".to_owned());
}

#[test]
fn an_object_whose_type_names_are_cut_gives_the_rest() {
    let original = read(FIXTURES, "map-attributes.el.o");
    let whole = object::parse(&original, "x.o").map(|of| of.maps.len());
    assert_eq!(whole, Ok(13));
    let start = original.windows(4).position(|at| at == [0x9f, 0xeb, 1, 0]).unwrap_or(0);
    let mut bytes = original.clone();
    // `str_len` says more than the section has: the names there are all the same.
    bytes[start + 20..start + 24].copy_from_slice(&0x00ff_ffff_u32.to_le_bytes());
    let object = object::parse(&bytes, "x.o");
    let object = object.map(|of| {
        let told = of.problems.iter().any(|of| of.path == "btf_header.str_len");
        (of.maps.len(), of.programs.len(), told)
    });
    assert_eq!(object, Ok((13, 1, true)));
}

#[test]
fn damage_in_inflated_types_is_placed_at_their_section() {
    // Found by fuzzing: the place in the inflated bytes of another machine's file was past the end of the input.
    let mut bytes = read(FIXTURES, "map-attributes-zlib.el.o");
    bytes[18] = 62;
    let object = object::parse(&bytes, "x.o");
    assert_eq!(object.map(|of| of.problems.len()), Ok(1), "the machine, and nothing of the types");
    let mut problems = Problems::default();
    let inflated = Inflated::of(&bytes, &mut problems);
    let places: Vec<_> =
        (0..20).filter_map(|number| inflated.section(number)).map(|(_, base)| base).collect();
    assert_eq!(places.len(), 2);
    let length = u64::try_from(bytes.len()).unwrap_or(0);
    assert!(places.iter().all(|&base| base > length && Inflated::settle(base + 5).is_some()));
    for at in (0..bytes.len()).step_by(3) {
        let kept = bytes[at];
        bytes[at] = 0;
        exercise(&bytes, || format!("byte {at} made 0"));
        bytes[at] = kept;
    }
}
