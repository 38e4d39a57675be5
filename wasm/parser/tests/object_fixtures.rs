//! What objects declare, against their sources and what `llvm-readelf -s -r` and a 6.18 kernel's `bpftool map show` say.

mod object_support;

use std::fs;

use mapscope_parser::object::{self, Format, Origin};
use mapscope_parser::reader::ByteOrder;
use object_support::{FIXTURES, maps_of, programs_of, read, with_object};

const NO_PREALLOC: u32 = 1;
const RDONLY_PROG: u32 = 1 << 7;
const MMAPABLE: u32 = 1 << 10;
const LINK: u32 = 1 << 13;

#[test]
fn the_maps_of_an_object_are_those_the_kernel_creates() {
    // Name in the kernel, type, key, value, entries, flags: `bpftool map show` after `bpftool prog loadall`.
    let wanted = [
        ("flows", 9, 11, 64, 1000, 2),
        ("mapped", 2, 4, 192, 10, MMAPABLE),
        ("one_per_cpu", 5, 8, 1, 5, NO_PREALLOC),
        ("waiting", 22, 0, 64, 32, 0),
        ("seen", 30, 0, 8, 1000, 0),
        ("prefixes_pinned", 11, 20, 12, 4096, NO_PREALLOC),
        ("events", 4, 4, 4, 0, 0), // The kernel shows the number of possible CPUs.
        ("stacks", 7, 4, 1016, 100, 0),
        ("map_attr.rodata", 2, 4, 4, 1, RDONLY_PROG | MMAPABLE),
        ("map_attr.data", 2, 4, 4, 1, MMAPABLE),
        (".data.table", 2, 4, 300, 1, MMAPABLE),
        (".rodata.primes", 2, 4, 5, 1, RDONLY_PROG | MMAPABLE),
        ("map_attr.bss", 2, 4, 520, 1, MMAPABLE),
    ];
    for order in ["el", "eb"] {
        with_object(FIXTURES, &format!("map-attributes.{order}.o"), |object| {
            let found: Vec<_> = object
                .maps
                .iter()
                .map(|map| {
                    let of = &map.definition;
                    let sizes = (of.key_size.unwrap_or(99), of.value_size.unwrap_or(99));
                    (&*map.kernel_name, of.map_type, sizes.0, sizes.1, of.max_entries, of.flags)
                })
                .collect();
            assert_eq!(found, wanted, "{order}");
            let map = |name: &str| object.maps.iter().find(|map| map.name == name);
            assert_eq!(map("seen").map(|map| map.definition.map_extra), Some(3));
            assert_eq!(map("prefixes_pinned_by_name").map(|map| map.pinning), Some(1));
            assert_eq!(object.license.as_deref(), Some("Dual BSD/GPL"));
            assert!(object.problems.is_empty(), "{order}: {:?}", object.problems);
        });
    }
}

#[test]
fn both_byte_orders_say_the_same() {
    let mut pairs = 0;
    for name in fs::read_dir(FIXTURES)
        .expect("the folder is there")
        .flatten()
        .filter_map(|it| it.file_name().to_str()?.strip_suffix(".eb.o").map(str::to_owned))
    {
        pairs += 1;
        let little = read(FIXTURES, &format!("{name}.el.o"));
        let big = read(FIXTURES, &format!("{name}.eb.o"));
        let (little, big) = (object::parse(&little, "x.o"), object::parse(&big, "x.o"));
        assert!(little.is_ok() && big.is_ok(), "{name}");
        if let (Ok(little), Ok(big)) = (little, big) {
            assert_eq!(little.byte_order, ByteOrder::Little);
            assert_eq!(big.byte_order, ByteOrder::Big);
            assert_eq!(maps_of(&little), maps_of(&big), "{name}");
            assert_eq!(little.maps, big.maps, "{name}");
            assert_eq!(programs_of(&little), programs_of(&big), "{name}");
        }
    }
    assert!(pairs > 20, "{pairs} objects in both byte orders");
}

#[test]
fn inner_maps_and_slots_are_those_of_the_source() {
    with_object(FIXTURES, "map-in-map.el.o", |object| {
        let inner = |name: &str| {
            let inner = object.maps.iter().find(|map| map.name == name)?.inner?;
            Some((
                inner.map_type,
                inner.key_size?,
                inner.value_size?,
                inner.max_entries,
                inner.flags,
            ))
        };
        assert_eq!(inner("defined_only"), Some((2, 4, 32, 4, 0)));
        assert_eq!(inner("filled"), Some((1, 4, 32, 128, NO_PREALLOC)));
        assert_eq!(inner("by_size"), Some((2, 4, 1300, 1, 0)));
        assert_eq!(inner("jumps"), None);
        let slots = |name: &str| {
            let map = object.maps.iter().find(|map| map.name == name);
            map.map(|map| {
                map.slots.iter().map(|of| (of.index, &*of.name, of.is_program)).collect::<Vec<_>>()
            })
        };
        assert_eq!(slots("filled"), Some(vec![(0, "rows_a", false), (5, "rows_b", false)]));
        assert_eq!(slots("jumps"), Some(vec![(1, "count_row", true)]));
        assert_eq!(
            programs_of(object),
            [
                ("count_row", "socket_filter", 21, 21, vec!["filled"]),
                ("choose", "socket_filter", 25, 25, vec!["jumps", "defined_only", "by_size"]),
            ]
        );
    });
}

#[test]
fn legacy_maps_are_read_with_and_without_types() {
    for name in ["legacy-maps.el.o", "legacy-maps.eb.o", "legacy-maps-btf.el.o"] {
        with_object(FIXTURES, name, |object| {
            assert_eq!(
                maps_of(object),
                [
                    ("flows", 9, Some(16), Some(32), 10_000, 0),
                    ("counters", 6, Some(4), Some(8), 64, 0),
                    ("prefixes", 11, Some(8), Some(4), 1024, NO_PREALLOC),
                ],
                "{name}"
            );
            // `classify` calls `count`, 13 instructions in `.text`, which alone uses `counters`.
            assert_eq!(
                programs_of(object),
                [
                    ("classify", "sched_cls", 29, 42, vec!["flows", "counters"]),
                    ("drop_prefix", "sched_cls", 15, 15, vec!["prefixes"]),
                ],
                "{name}"
            );
        });
    }
}

#[test]
fn rare_declarations_are_read_linked_or_not() {
    for name in
        ["rare-declarations.el.o", "rare-declarations.eb.o", "rare-declarations-linked.el.o"]
    {
        with_object(FIXTURES, name, |object| {
            assert_eq!(
                maps_of(object),
                [
                    ("numbers", 1, Some(4), Some(8), 7, 0),
                    ("ring", 27, Some(0), Some(0), 5000, 0),
                    ("arena", 33, Some(0), Some(0), 100, MMAPABLE),
                    ("from_callback", 2, Some(4), Some(8), 3, 0),
                    (".data", 2, Some(4), Some(4), 1, 0),
                    (".data.static", 2, Some(4), Some(4), 1, 0),
                    // 4 bytes, then 1 and 7 without alignment.
                    (".kconfig", 2, Some(4), Some(12), 1, RDONLY_PROG | MMAPABLE),
                    ("linked", 26, Some(4), None, 1, LINK),
                    ("on_request", 26, Some(4), None, 1, 0),
                ],
                "{name}"
            );
            let map = |name: &str| object.maps.iter().find(|map| map.name == name);
            assert_eq!(map("arena").map(|map| map.definition.map_extra), Some(1 << 44));
            assert_eq!(map("numbers").and_then(|map| map.definition.numa_node), Some(1));
            assert_eq!(map(".data").map(|map| map.optional_flags), Some(MMAPABLE));
            assert_eq!(map("on_request").map(|map| map.is_created), Some(false));
            let operations = map("linked").and_then(|map| map.struct_ops.clone());
            let operations = operations.map(|of| (of.name, of.size, of.members, of.functions));
            assert_eq!(operations, Some(("some_ops".to_owned(), 40, 4, 2)));
            let slots = map("linked").map(|map| &map.slots);
            let slots = slots.map(|of| of.iter().map(|of| (of.index, &*of.name)).collect());
            assert_eq!(slots, Some(vec![(1, "ops_init"), (2, "ops_threshold")]));
            assert_eq!(map("linked").map(|map| map.origin), Some(Origin::StructOps));
            assert_eq!(
                programs_of(object),
                [
                    ("ops_init", "struct_ops", 1, 1, vec![]),
                    ("ops_threshold", "struct_ops", 2, 2, vec![]),
                    ("calls", "xdp", 17, 42, vec!["numbers", ".data", ".data.static"]),
                    (
                        "configured",
                        "socket_filter",
                        38,
                        46,
                        vec!["numbers", "ring", "from_callback", ".kconfig"]
                    ),
                    ("shared_section_1", "tracing", 8, 8, vec!["arena"]),
                    ("shared_section_2", "tracing", 2, 2, vec![]),
                ],
                "{name}"
            );
        });
    }
}

#[test]
fn programs_know_their_source_lines() {
    with_object(FIXTURES, "rare-declarations.el.o", |object| {
        let program = object.programs.iter().find(|of| of.name == "shared_section_2");
        let source = program.and_then(|of| of.source.clone()).map(|of| (of.file, of.line));
        // The line of `return 0;` or of the function: clang's choice, the former at -O2.
        assert_eq!(
            source.map(|(file, line)| (file, (83..=86).contains(&line))),
            Some(("bpf/rare-declarations.bpf.c".to_owned(), true))
        );
    });
}

#[test]
fn raw_types_of_an_object_still_have_its_maps() {
    let bytes = read(FIXTURES, "map-attributes.el.o");
    let start = bytes.windows(4).position(|at| at == [0x9f, 0xeb, 1, 0]).unwrap_or(0);
    let object = object::parse(bytes.get(start..).unwrap_or_default(), "raw");
    let object = object.map(|object| {
        let names: Vec<_> = object.maps.iter().map(|map| map.name.clone()).collect();
        (object.format, names.len(), object.programs.len())
    });
    assert_eq!(object, Ok((Format::Btf, 8, 0)));
}

#[test]
fn compressed_types_are_read_as_if_they_were_not() {
    for order in ["el", "eb"] {
        let plain = read(FIXTURES, &format!("map-attributes.{order}.o"));
        let packed = read(FIXTURES, &format!("map-attributes-zlib.{order}.o"));
        let (plain, packed) = (object::parse(&plain, "x.o"), object::parse(&packed, "x.o"));
        assert!(plain.is_ok() && packed.is_ok(), "{order}");
        if let (Ok(plain), Ok(packed)) = (plain, packed) {
            assert!(packed.problems.is_empty(), "{order}: {:?}", packed.problems);
            assert_eq!(plain.maps, packed.maps, "{order}");
            assert_eq!(plain.programs, packed.programs, "{order}");
            assert_eq!(plain.ext, packed.ext, "{order}");
            let types = |of: &object::Object<'_>| of.btf.as_ref().map(|btf| btf.data().to_vec());
            assert_eq!(types(&plain), types(&packed), "{order}");
        }
    }
}

#[test]
fn zstd_is_told_with_what_to_do() {
    with_object(FIXTURES, "map-attributes-zstd.el.o", |object| {
        assert!(object.btf.is_none());
        let told = object.problems.iter().find(|of| of.path == ".BTF");
        let message = told.map(|of| of.message.clone()).unwrap_or_default();
        assert!(message.contains("zstd") && message.contains("llvm-objcopy"), "{message}");
        // What needs no types is still there.
        assert_eq!(programs_of(object).len(), 1);
    });
}

#[test]
fn what_libbpf_refuses_is_said_of_the_map() {
    // `bpftool prog loadall` of libbpf 1.1 says of each, alone in an object: "unsupported map linkage static",
    // "invalid pinning value 5", "unknown field 'unheard_of'", "bad map relo against 'in_variant' in section
    // '.bss.variant'"; of `legacy-maps-btf.el.o`: "legacy map definitions in 'maps' section are not supported by
    // libbpf v1.0+".
    let refusals = |name: &str| {
        let bytes = read(FIXTURES, name);
        let object = object::parse(&bytes, name);
        let maps = object.map(|of| of.maps).unwrap_or_default();
        maps.into_iter().filter_map(|of| Some((of.name, of.refusal?))).collect::<Vec<_>>()
    };
    let text = |(name, reason): &(String, String)| format!("{name}: {reason}");
    for order in ["el", "eb"] {
        let found: Vec<_> =
            refusals(&format!("loader-choices.{order}.o")).iter().map(text).collect();
        assert_eq!(
            found,
            [
                "hidden_counts: the map is static, and libbpf takes only global ones",
                "pinned_oddly: pinning: 5 is neither 0 nor 1",
                "with_unknown_member: unheard_of: this member is not known",
                ".bss.variant: libbpf up to 1.1 skips `.bss.variant` and refuses programs that use it",
            ]
        );
    }
    assert_eq!(refusals("legacy-maps-btf.el.o").len(), 3);
    assert_eq!(refusals("map-attributes.el.o"), []);
    assert_eq!(refusals("rare-declarations.el.o"), []);
}

#[test]
fn what_libbpf_refuses_of_inner_maps_is_said() {
    // The sentences of `bpftool prog load` (libbpf 1.1) stand in the source.
    for order in ["el", "eb"] {
        with_object(FIXTURES, &format!("refused-inner-maps.{order}.o"), |object| {
            let refusals: Vec<_> = object.maps.iter().map(|of| of.refusal.as_deref()).collect();
            assert_eq!(
                refusals,
                [
                    Some("inner map, values: an inner map cannot have inner maps itself"),
                    Some("inner map, pinning: an inner map cannot be pinned"),
                    Some("values: its map type holds neither maps nor programs"),
                    Some("values: an array of 2, not of 0"),
                ]
            );
            assert_eq!(object.problems.len(), 4, "{:?}", object.problems);
        });
    }
}

#[test]
fn compressed_code_and_variables_are_read_and_what_libbpf_makes_of_them_is_told() {
    // libbpf 1.1 makes a map of the compressed bytes, and says "program at offset 0 crosses section boundary".
    let plain = read(FIXTURES, "map-attributes.el.o");
    let plain = object::parse(&plain, "x.o");
    let packed = read(FIXTURES, "map-attributes-all-zlib.el.o");
    let packed = object::parse(&packed, "x.o");
    assert!(plain.is_ok() && packed.is_ok());
    if let (Ok(plain), Ok(packed)) = (plain, packed) {
        assert_eq!(plain.maps, packed.maps);
        assert_eq!(plain.programs, packed.programs);
        let told: Vec<_> = packed.problems.iter().map(|of| &*of.path).collect();
        assert_eq!(told, ["socket", ".rodata", ".data", ".data.table", ".rodata.primes"]);
        assert!(packed.problems.iter().all(|of| of.message.contains("compressed to")));
    }
}

#[test]
fn types_of_a_32_bit_machine_are_read() {
    let bytes = read(FIXTURES, "types-32.el.o");
    let types = object::open_types(&bytes, 0);
    assert!(types.is_ok(), "{types:?}");
    if let Ok(types) = types {
        // As pahole has them: pointers and `long` are of 4 bytes.
        assert_eq!(types.btf.struct_sizes(&["entry", "table"]), [Some(40), Some(20)]);
        assert_eq!(types.problems, []);
    }
    for end in 0..bytes.len() {
        let _ = object::open_types(bytes.get(..end).unwrap_or_default(), 0);
    }
}

#[test]
fn a_map_of_another_file_does_not_take_the_place_of_an_own_one() {
    for name in ["linked-two.el.o", "linked-two.eb.o"] {
        with_object(FIXTURES, name, |object| {
            let programs = programs_of(object);
            let uses = programs.iter().find(|of| of.0 == "program_two").map(|of| &of.4);
            assert_eq!(uses, Some(&vec!["shared_counts", "own_of_two", ".bss"]), "{name}");
            let refusal = object.maps.first().and_then(|map| map.refusal.clone());
            assert!(refusal.is_some_and(|of| of.contains("extern")), "{name}");
        });
    }
}

#[test]
fn linked_objects_have_the_maps_and_programs_of_all_files() {
    with_object(FIXTURES, "linked.el.o", |object| {
        assert_eq!(
            maps_of(object),
            [
                ("shared_counts", 1, Some(4), Some(32), 256, 0),
                ("own_of_one", 2, Some(4), Some(8), 3, 0),
                ("own_of_two", 27, Some(0), Some(0), 8192, 0),
                (".bss", 2, Some(4), Some(16), 1, MMAPABLE),
            ]
        );
        let programs: Vec<_> = programs_of(object)
            .into_iter()
            .map(|(name, word, _, _, maps)| (name, word, maps))
            .collect();
        assert_eq!(
            programs,
            [
                ("program_one", "socket_filter", vec!["shared_counts", "own_of_one", ".bss"]),
                ("program_two", "socket_filter", vec!["shared_counts", "own_of_two", ".bss"]),
                ("program_three", "xdp", vec![]),
            ]
        );
    });
}
