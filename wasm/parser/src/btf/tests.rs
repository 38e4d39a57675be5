//! Types that are built for the purpose: what each kind holds, and what damage does.

use super::build::{Build, FLAG, info};
use super::*;
use crate::problem::{ProblemCode, Problems};
use crate::reader::ByteOrder;

const ORDERS: [ByteOrder; 2] = [ByteOrder::Little, ByteOrder::Big];

/// Type 1 is `int`, type 2 `char`.
fn with_integers(order: ByteOrder) -> Build {
    let mut build = Build::new(order);
    build.add("int", info(1, 0), 4, &[0x0100_0020]).add("char", info(1, 0), 1, &[0x0200_0008]);
    build
}

fn open(file: &[u8]) -> Option<Btf<'_>> {
    let opened = Btf::parse(file);
    assert!(opened.is_ok(), "{opened:?}");
    opened.ok()
}

fn name_of(btf: &Btf<'_>, id: u32) -> String {
    btf.get(TypeId(id)).map(|of| btf.name(of.name).into_owned()).unwrap_or_default()
}

/// Opens `file` and hands it on; a file that does not open fails the test.
fn read(file: &[u8], check: impl FnOnce(&Btf<'_>)) {
    if let Some(btf) = open(file) {
        check(&btf);
    }
}

#[test]
fn sizes_follow_typedefs_arrays_and_pointers() {
    let mut build = with_integers(ByteOrder::Little);
    build
        .add("", info(3, 0), 0, &[1, 1, 10]) // 3: int[10]
        .add("row", info(8, 0), 3, &[]) // 4: typedef of it
        .add("", info(3, 0), 0, &[4, 1, 5]) // 5: row[5]
        .add("", info(2, 0), 5, &[]) // 6: a pointer
        .add("", info(3, 0), 0, &[5, 1, 0x1000_0000]) // 7: more than 32 bits say
        .add("loop", info(8, 0), 9, &[]) // 8, 9: each other's typedef
        .add("loop", info(8, 0), 8, &[])
        .add("", info(7, 0), 0, &[]); // 10: only declared
    let wanted = [
        (0, None),
        (1, Some(4)),
        (3, Some(40)),
        (4, Some(40)),
        (5, Some(200)),
        (6, Some(8)),
        (7, None),
        (8, None),
        (10, None),
        (11, None),
    ];
    read(&build.finish(), |btf| {
        for (id, size) in wanted {
            assert_eq!(btf.size_of(TypeId(id)), size, "type {id}");
        }
    });
}

#[test]
fn enumerators_keep_their_sign_and_64_bits() {
    for order in ORDERS {
        let mut build = Build::new(order);
        build
            .add("u", info(6, 1), 4, &[0, 0xffff_fffe])
            .add("s", info(6, 1) | FLAG, 4, &[0, 0xffff_fffe])
            .add("w", info(19, 1), 8, &[0, 5, 0x1000]);
        let values = |btf: &Btf<'_>| {
            (1..4).flat_map(|id| btf.enumerators(TypeId(id)).map(|of| of.value)).collect::<Vec<_>>()
        };
        read(&build.finish(), |btf| {
            assert_eq!(values(btf), [0xffff_fffe, (-2_i64).cast_unsigned(), 0x1000_0000_0005]);
        });
    }
}

#[test]
fn kinds_of_later_versions_are_skipped_with_the_files_own_layout() {
    for order in ORDERS {
        let mut build = Build::new(order);
        // Kind 100 has 8 bytes once and 4 for each of 70,000: a count that 16 bits could not say.
        build.add("new", info(100, 70_000), 0, &vec![0; 70_002]).add("int", info(1, 0), 4, &[32]);
        let without = build.finish();
        (0..101).for_each(|kind| {
            let (once, each) = if kind == 100 { (8, 4) } else { (0, 0) };
            build.layout(once, each);
        });
        read(&build.finish(), |btf| {
            assert_eq!(
                btf.get(TypeId(1)).map(|of| (of.kind, of.vlen)),
                Some((Kind::Unknown(100), 70_000))
            );
            assert_eq!(name_of(btf, 2), "int");
            assert!(btf.problems().is_empty());
        });
        read(&without, |btf| {
            assert_eq!(btf.id_count(), 1);
            let problem = btf.problems().first().map(|of| (of.code, of.offset, of.path.clone()));
            assert_eq!(problem, Some((ProblemCode::Malformed, 28, "btf_type[1].info".to_owned())));
        });
    }
}

#[test]
fn names_past_the_strings_are_told_once() {
    for order in ORDERS {
        let mut build = Build::split(order, 1000);
        build.add("one", info(1, 0), 4, &[32]).add("two", info(1, 0), 4, &[32]);
        read(&build.finish(), |btf| {
            let mut problems = Problems::default();
            btf.tell_names_past_end(1000, &mut problems);
            btf.tell_names_past_end(0, &mut problems);
            let problems = problems.finish();
            let places: Vec<_> = problems.iter().map(|of| (of.offset, &*of.path)).collect();
            assert_eq!(places, [(24, "btf_type[1].name_off")]);
            let message = problems.first().map_or("", |of| &of.message);
            assert!(message.starts_with("1000 is past the 8 bytes of strings"), "{message}");
            assert!(message.contains("of 2 types") && message.contains("base"), "{message}");
        });
    }
}

#[test]
fn records_of_btf_ext_that_are_cut_or_too_short_are_told() {
    let words =
        |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<_>>();
    let ext = |functions: &[u32], lines: &[u32], missing: usize| {
        let length = |of: &[u32]| u32::try_from(of.len().saturating_mul(4)).unwrap_or(0);
        let (first, second) = (length(functions), length(lines));
        let mut file = vec![0x9f, 0xeb, 1, 0];
        file.extend(words(&[24, 0, first, first, second]));
        file.extend(words(functions));
        file.extend(words(lines));
        file.truncate(file.len().saturating_sub(missing));
        let mut problems = Problems::default();
        let read = BtfExt::parse(&file, ByteOrder::Little, 100, &mut problems);
        let told = problems.finish().into_iter().map(|of| (of.offset, of.path)).collect::<Vec<_>>();
        read.map(|of| (of.functions.len(), of.lines.len(), told))
    };
    let place = |offset: u64, path: &str| (offset, path.to_owned());
    let whole = [8, 1, 2, 0, 5, 8, 6];
    let lines = [16, 1, 1, 0, 1, 1, 1 << 10];
    assert_eq!(ext(&whole, &lines, 0), Ok((2, 1, vec![])));
    // More records than there are: the count is at byte 132, that of the lines at 160.
    let short = [8, 1, 9, 0, 5, 8, 6];
    assert_eq!(ext(&short, &lines, 0), Ok((2, 1, vec![place(132, "func_info.num_info")])));
    let cut = vec![place(120, "btf_ext_header.line_info_len"), place(160, "line_info.num_info")];
    assert_eq!(ext(&whole, &lines, 4), Ok((2, 0, cut)));
    // Records of a size that no version has.
    for size in [0, 4, 10] {
        let odd = [size, 1, 1, 0, 5];
        assert_eq!(ext(&odd, &lines, 0), Ok((0, 1, vec![place(124, "func_info.rec_size")])));
    }
    // Later versions may add to a record.
    assert_eq!(ext(&[12, 1, 1, 0, 5, 99], &lines, 0), Ok((1, 1, vec![])));
}

#[test]
fn split_files_go_on_counting() {
    let base = with_integers(ByteOrder::Little).finish();
    read(&base, |parent| {
        let strings = parent.header().strings.1;
        let mut build = Build::split(ByteOrder::Little, strings);
        build.add("module_struct", info(4, 1), 4, &[1, 1, 0]);
        let file = build.finish();
        let split = Btf::parse_with_base(&file, parent);
        assert!(split.is_ok(), "{split:?}");
        let Ok(split) = split else { return };
        assert_eq!((split.first_id(), split.id_count()), (3, 4));
        assert_eq!(name_of(&split, 3), "module_struct");
        assert_eq!(name_of(&split, 1), "int");
        assert_eq!(split.struct_sizes(&["module_struct"]), [Some(4)]);
        let members: Vec<_> = split.members(TypeId(3)).map(|of| split.name(of.name)).collect();
        assert_eq!(members, ["int"]);
    });
}

#[test]
fn every_prefix_gives_what_is_before_the_cut_or_an_error() {
    let mut build = with_integers(ByteOrder::Little);
    build.add("pair", info(4, 2), 8, &[0, 1, 0, 0, 1, 32]);
    let file = build.finish();
    let whole = open(&file).map_or(0, |btf| btf.id_count());
    assert_eq!(whole, 4);
    for end in 0..file.len() {
        let prefix = file.get(..end).unwrap_or_default();
        if end < 24 {
            assert!(Btf::parse(prefix).is_err(), "prefix of {end} bytes");
            continue;
        }
        read(prefix, |btf| {
            // Types of 16, 16 and 36 bytes; `int`, `char` and `pair` in 14 bytes, of which a cut one is no name.
            let types = [40, 56, 92].iter().filter(|&&at| at <= end).count();
            assert_eq!(
                btf.id_count(),
                u32::try_from(types).unwrap_or(0) + 1,
                "prefix of {end} bytes"
            );
            let names: Vec<_> = (1..4).map(|id| name_of(btf, id)).collect();
            let known = [97, 102, 107].map(|at| at <= end);
            for (name, (known, text)) in names.iter().zip(known.iter().zip(["int", "char", "pair"]))
            {
                assert_eq!(name, if *known { text } else { "" }, "prefix of {end} bytes");
            }
            let problems: Vec<_> = btf.problems().iter().map(|of| (of.code, of.offset)).collect();
            assert!(problems.contains(&(ProblemCode::Truncated, 20)), "prefix of {end} bytes");
            assert!(problems.iter().all(|&(_, at)| at <= u64::try_from(end).unwrap_or(0)));
        });
    }
}

#[test]
fn a_count_past_the_end_takes_no_memory() {
    let mut build = Build::new(ByteOrder::Little);
    build.add("int", info(1, 0), 4, &[32]).add("bomb", info(4, 0x00ff_ffff), 4, &[]);
    read(&build.finish(), |btf| {
        assert_eq!(btf.id_count(), 2);
        let codes: Vec<_> = btf.problems().iter().map(|of| of.code).collect();
        assert_eq!(codes, [ProblemCode::Truncated]);
    });
}

#[test]
fn strings_without_an_end_are_read_to_theirs() {
    let mut file = with_integers(ByteOrder::Little).finish();
    if let Some(last) = file.last_mut() {
        *last = b'!';
    }
    read(&file, |btf| {
        assert_eq!(name_of(btf, 2), "char!");
        let codes: Vec<_> = btf.problems().iter().map(|of| of.code).collect();
        assert_eq!(codes, [ProblemCode::Repaired]);
    });
}

#[test]
fn types_of_one_name_are_one_chain_in_the_order_of_their_ids() {
    for order in ORDERS {
        let mut build = with_integers(order);
        build.add("int", info(4, 0), 4, &[]).add("", info(2, 0), 1, &[]).add(
            "int",
            info(8, 0),
            1,
            &[],
        );
        read(&build.finish(), |btf| {
            let table = btf.name_table(0);
            let first = table.as_ref().and_then(|of| of.places.iter().find(|&&row| row == 1));
            assert_eq!(first, Some(&1));
            // Rows 0, 2 and 4 are called `int`, row 1 `char`, row 3 nothing.
            assert_eq!(table.map(|of| of.next), Some(vec![3, 0, 5, 0, 0]));
        });
    }
}

#[test]
fn names_that_collide_on_purpose_make_no_table() {
    // FNV-1a multiplies after each byte: what differs in the bits above the table's mask lands on one place. 2,000 names
    // whose hashes end alike are found by trying.
    let mut build = Build::new(ByteOrder::Little);
    let mut names = 0;
    for number in 0_u32.. {
        let name = format!("n{number:x}");
        let hash = name
            .bytes()
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        if (hash ^ (hash >> 15)) & 0x7ff == 7 {
            build.add(&name, info(8, 0), 0, &[]);
            names += 1;
        }
        if names == 1000 {
            break;
        }
    }
    read(&build.finish(), |btf| assert_eq!(btf.name_table(0), None));
}
