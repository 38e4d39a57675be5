//! The ways in which bpftool's JSON is not quite JSON, one by one.

#![allow(clippy::expect_used, reason = "tests may fail loudly")]

mod common;

use common::{DUMP, MAPS, PROGRAMS, SEVERAL, dumps, many, maps, programs};
use mapscope_parser::limits::{MAX_SAMPLED_BYTES, MAX_SAMPLED_VALUE};
use mapscope_parser::{Problem, ProblemCode};
use mapscope_scan::{Dump, MapList};

fn maps_of(text: &str) -> MapList {
    maps([text.as_bytes()]).expect("it is a list of maps")
}

fn dumps_of(text: &str) -> (Vec<Dump>, Vec<Problem>) {
    let list = dumps([text.as_bytes()]).expect("it is a dump");
    (list.dumps, list.problems)
}

fn codes(problems: &[Problem]) -> Vec<ProblemCode> {
    problems.iter().map(|problem| problem.code).collect()
}

/// A name, a field, the figure to look at, what it is then, and the problems.
type OddField = (&'static str, &'static str, fn(&MapList) -> f64, f64, &'static [ProblemCode]);

/// Ids, completeness and problems of a list.
type Shape = (&'static [f64], bool, &'static [ProblemCode]);

#[test]
fn the_root_may_be_many_things() {
    use ProblemCode::{Repaired, SkippedRecord, ToolError};
    let cases: &[(&str, &str, Shape)] = &[
        (
            "an array",
            r#"[{"id":1,"bytes_key":4},{"id":2,"bytes_key":4}]"#,
            (&[1.0, 2.0], true, &[]),
        ),
        ("no maps", "[]\n", (&[], true, &[])),
        ("one bare object", r#"{"id":1,"bytes_key":4}"#, (&[1.0], true, &[])),
        ("null", "null\n", (&[], true, &[SkippedRecord])),
        ("nothing", "\n", (&[], true, &[ToolError])),
        (
            "an error",
            r#"{"error":"can't get map by id (7): No such file or directory"}"#,
            (&[], false, &[ToolError]),
        ),
        (
            "an error at the end of a list",
            r#"[{"id":1,"bytes_key":4},{"error":"can't get next map: Operation not permitted"}]"#,
            (&[1.0], false, &[ToolError]),
        ),
        (
            "an error, a comma and a list",
            r#"{"error":"bpf object pinning"},[{"id":1,"bytes_key":4}]"#,
            (&[1.0], false, &[ToolError, Repaired]),
        ),
        (
            "an error, a comma and null",
            r#"{"error":"usage"},null"#,
            (&[], false, &[ToolError, SkippedRecord, Repaired]),
        ),
        (
            "an error with a quote in it",
            r#"[{"id":1,"bytes_key":4},{"error":"can't open "/sys/fs/bpf/x": denied"}]"#,
            (&[1.0], false, &[ToolError, Repaired]),
        ),
        (
            "an error in the middle of an object",
            r#"[{"id":1,"dev":{"ifindex":2},{"error":"can't stat"},"bytes_key":4}]"#,
            (&[1.0], true, &[ToolError]),
        ),
        (
            "two lists in one file",
            "[{\"id\":1,\"bytes_key\":4}]\n[{\"id\":2,\"bytes_key\":4}]\n",
            (&[1.0, 2.0], true, &[]),
        ),
        ("a byte order mark", "\u{feff}[{\"id\":1,\"bytes_key\":4}]", (&[1.0], true, &[Repaired])),
        (
            "a batch file",
            r#"[{"command":["map","show"],"output":[{"id":1,"bytes_key":4}]},{"command":["prog","show"],"output":[{"id":8,"tag":"00"}]},{"command":["m","l","id","2"],"output":{"id":2,"bytes_key":4}},{"command":["map","show","id","3"],"output":{"error":"no"}}]"#,
            (&[1.0, 2.0], false, &[ToolError]),
        ),
    ];
    for (name, text, (ids, complete, problems)) in cases {
        let list = maps_of(text);
        assert_eq!(list.id, *ids, "{name}");
        assert_eq!(list.complete, *complete, "{name}");
        assert_eq!(codes(&list.problems), *problems, "{name}: {:?}", list.problems);
    }
}

#[test]
fn fields_may_be_missing_or_odd() {
    use ProblemCode::{InexactInteger, Malformed, Repaired};
    let cases: &[OddField] = &[
        ("a size", r#""bytes_value":8"#, |list| list.value_size[0], 8.0, &[]),
        ("no memlock", "\"flags\":0", |list| list.memlock_bytes[0], f64::NAN, &[]),
        (
            "negative flags",
            "\"flags\":-2147483648",
            |list| list.flags[0],
            2_147_483_648.0,
            &[Repaired],
        ),
        (
            "negative memlock",
            "\"bytes_memlock\":-4096",
            |list| list.memlock_bytes[0],
            f64::NAN,
            &[Malformed],
        ),
        (
            "memlock past 2^53",
            "\"bytes_memlock\":9007199254740993",
            |list| list.memlock_bytes[0],
            f64::NAN,
            &[InexactInteger],
        ),
        (
            "memlock past 2^64",
            "\"bytes_memlock\":99999999999999999999999",
            |list| list.memlock_bytes[0],
            f64::NAN,
            &[InexactInteger],
        ),
        (
            "memlock past 2^32",
            "\"bytes_memlock\":4294967296",
            |list| list.memlock_bytes[0],
            4_294_967_296.0,
            &[],
        ),
        (
            "entries past 2^32",
            "\"max_entries\":4294967296",
            |list| list.max_entries[0],
            f64::NAN,
            &[Malformed],
        ),
        ("a pointer", "\"flags\":(nil)", |list| list.flags[0], f64::NAN, &[Malformed]),
        ("frozen", "\"frozen\":1", |list| list.frozen[0], 1.0, &[]),
        ("a word frozen", "\"frozen\":true", |list| list.frozen[0], 1.0, &[]),
    ];
    for (name, field, figure, expected, problems) in cases {
        let list = maps_of(&format!(r#"[{{"id":1,"bytes_key":4,{field}}}]"#));
        let found = figure(&list);
        assert!(
            found.total_cmp(expected).is_eq() || (found.is_nan() && expected.is_nan()),
            "{name}: {found}"
        );
        assert_eq!(codes(&list.problems), *problems, "{name}: {:?}", list.problems);
    }
    let inexact = maps_of(
        r#"[{"id":1,"bytes_key":4},{"id":2,"bytes_key":4,"bytes_memlock":9007199254740993}]"#,
    );
    let problem = &inexact.problems[0];
    assert_eq!(problem.path, "$[1].bytes_memlock");
    assert_eq!(problem.offset, 62);
    assert!(problem.message.contains("9007199254740993"), "{}", problem.message);
}

#[test]
fn texts_are_read_whatever_is_in_them() {
    for (raw, expected, repaired) in [
        (&br"it\'s"[..], "it's", true),
        (b"raw\x01", "raw\x01", true),
        (b"\xff\xfe", "\u{fffd}\u{fffd}", true),
        ("caf\u{e9}".as_bytes(), "caf\u{e9}", false),
        (br"a\\b\/", "a\\b/", false),
    ] {
        let mut text = br#"[{"id":1,"bytes_key":4,"name":""#.to_vec();
        text.extend(raw);
        text.extend(br#""}]"#);
        let list = maps([&text[..]]).expect("it is a list");
        assert_eq!(list.names.joined, expected);
        assert_eq!(codes(&list.problems).contains(&ProblemCode::Repaired), repaired, "{expected}");
    }
}

#[test]
fn a_map_list_has_all_its_columns() {
    let list = maps_of(MAPS);
    assert_eq!(list.id, [7.0, 9.0]);
    assert_eq!(
        (list.type_names.joined.as_str(), list.map_type.as_slice()),
        ("hasharray", &[0, 1][..])
    );
    assert_eq!((list.names.joined.as_str(), list.name.as_slice()), ("flows", &[0, -1][..]));
    assert_eq!(list.memlock_bytes, [65_536.0, 4096.0]);
    assert_eq!(
        (list.holders.object.as_slice(), list.holders.pid.as_slice()),
        (&[7.0][..], &[42.0, 43.0][..])
    );
    assert!(list.complete && list.problems.is_empty());
    let numbered =
        maps_of(r#"{"id":1,"type":34,"bytes_key":4,"pinned":["/sys/fs/bpf/a","/sys/fs/bpf/b"]}"#);
    assert_eq!(numbered.type_names.joined, "34");
    assert_eq!(numbered.holders.pins.joined, "/sys/fs/bpf/a/sys/fs/bpf/b");
}

#[test]
fn programs_keep_their_direct_maps_and_survive_their_metadata() {
    let list = programs([PROGRAMS.as_bytes()]).expect("it is a list of programs");
    assert_eq!((list.id.as_slice(), list.map_ids.as_slice()), (&[3.0][..], &[7.0, 9.0][..]));
    assert_eq!(list.texts.joined, "cgroup_sock_addrcgroup_connect4_proga04f5eef06a7f555");
    assert_eq!((list.bytes_xlated[0], list.bytes_jited[0]), (296.0, 200.0));
    assert_eq!(codes(&list.problems), [ProblemCode::Repaired], "{:?}", list.problems);
    assert!(list.complete);
}

#[test]
fn a_dump_counts_keys_once_and_skips_what_is_formatted() {
    let (dumps, problems) = dumps_of(DUMP);
    let dump = &dumps[0];
    assert_eq!((dump.elements, dump.distinct_keys, dump.nonzero_values), (3.0, 2.0, 2.0));
    assert_eq!((dump.key_size, dump.value_size), (4.0, 8.0));
    assert!(dump.complete && dump.distinct_keys_exact && problems.is_empty());
}

#[test]
fn several_dumps_keep_their_maps_apart() {
    let (dumps, problems) = dumps_of(SEVERAL);
    assert_eq!(dumps.len(), 2);
    let (first, second) = (&dumps[0], &dumps[1]);
    assert_eq!(
        (first.map_id, first.elements, first.unreadable, first.value_size),
        (Some(5.0), 2.0, 1.0, 2.0)
    );
    assert_eq!(
        (second.map_type.as_deref(), second.possible_cpus, second.value_size),
        (Some("percpu_hash"), Some(2), 1.0)
    );
    assert_eq!(codes(&problems), [ProblemCode::ToolError]);
}

#[test]
fn values_that_are_not_json_cost_nothing_but_themselves() {
    for value in [
        "\"\"\"", // a `char` that is a quote: three quotes in a row
        "\"\\\"", // a `char` that is a backslash
        r#"{"c":""","d":5}"#,
        r#"{"p":(nil)}"#,
        r#"{"p":0xffff8880}"#,
        r#"{"f":(unsupported-kind)}"#,
        "{\"s\":\"\x01\u{fffd}\"}",
        r#"{"a":[{"key":[1,2]},{"key":[3]}]}"#,
        r#"{"":{"x":1},"":2}"#,
    ] {
        let element = |key: u8| {
            format!(
                r#"{{"key":["0x{key:02x}"],"value":["0x01"],"formatted":{{"key":{key},"value":{value}}}}}"#
            )
        };
        let text = format!("[{},{},{}]\n", element(1), element(2), element(3));
        let (dumps, problems) = dumps_of(&text);
        assert_eq!(dumps.len(), 1, "{value}");
        assert_eq!(
            (dumps[0].elements, dumps[0].distinct_keys),
            (3.0, 3.0),
            "{value}: {problems:?}"
        );
        assert!(dumps[0].complete, "{value}");
        let several = format!(
            r#"[{{"id":1,"type":"hash","flags":0,"elements":[{0},{0}]}},{{"id":2,"type":"hash","flags":0,"elements":[{0}]}}]"#,
            element(9)
        );
        let (dumps, problems) = dumps_of(&several);
        assert_eq!(dumps.len(), 2, "{value}: {problems:?}");
        assert_eq!((dumps[0].elements, dumps[1].elements), (2.0, 1.0), "{value}");
    }
}

#[test]
fn maps_of_maps_list_their_inner_maps() {
    let (dumps, _) = dumps_of(
        r#"[{"key":["0x00","0x00","0x00","0x00"],"value":["0x8b","0x00","0x00","0x00"],"inner_map_id":139}]"#,
    );
    assert_eq!(
        (dumps[0].inner_map_ids.as_slice(), dumps[0].value_u32s.as_slice()),
        (&[139.0][..], &[139][..])
    );
}

#[test]
fn an_empty_dump_and_none_are_different() {
    let (empty, _) = dumps_of("[]");
    assert_eq!((empty.len(), empty[0].elements), (1, 0.0));
    assert!(empty[0].key_size.is_nan());
    let (none, problems) =
        dumps_of(r#"{"error":"can't get map by id (7): No such file or directory"}"#);
    assert!(none.is_empty());
    assert_eq!(codes(&problems), [ProblemCode::ToolError]);
    let (one, _) = dumps_of(r#"{"key":["0x01"],"value":["0x02"]}"#);
    assert_eq!((one.len(), one[0].elements), (1, 1.0));
}

#[test]
fn a_batch_says_which_map_a_dump_is_of() {
    let (dumps, _) = dumps_of(
        r#"[{"command":["map","dump","id","7"],"output":[{"key":["0x01"],"value":["0x02"]}]},{"command":["map","show"],"output":[]},{"command":["map","dump","id","8"],"output":[]}]"#,
    );
    let found: Vec<_> = dumps.iter().map(|dump| (dump.map_id, dump.elements)).collect();
    assert_eq!(found, [(Some(7.0), 1.0), (Some(8.0), 0.0)]);
}

#[test]
fn another_document_is_another_format() {
    assert!(maps([&br#"[{"id":3,"type":"xdp","tag":"a04f5eef06a7f555"}]"#[..]]).is_err());
    assert!(maps([DUMP.as_bytes()]).is_err());
    assert!(dumps([MAPS.as_bytes()]).is_err());
    assert!(programs([MAPS.as_bytes()]).is_err());
    let error = maps([&b"  10: hash  name some_map"[..]]).expect_err("plain text is no JSON");
    assert_eq!((error.place().offset, error.place().path.as_str()), (2, "$"));
}

#[test]
fn values_are_measured_to_their_last_byte_that_is_not_zero() {
    let (dumps, _) = dumps_of(&many(100));
    let dump = &dumps[0];
    assert_eq!((dump.elements, dump.unreadable, dump.nonzero_values), (100.0, 1.0, 96.0));
    assert_eq!(dump.errors, [("No such file or directory".to_owned(), 1.0)]);
    let counted = dump.value_lengths.iter().copied().zip(dump.value_length_counts.iter().copied());
    // Elements 0, 40 and 80 are all zero; 7 is unreadable, and 9 uses one byte, as 1, 41 and 81 do.
    let expected = |length: u8| match length {
        1 => 4.0,
        7 | 9 => 2.0,
        0..20 => 3.0,
        _ => 2.0,
    };
    let expected: Vec<(f64, f64)> =
        (0..40).map(|length| (f64::from(length), expected(length))).collect();
    assert_eq!(counted.collect::<Vec<_>>(), expected);
    assert!(dump.nonzero_by_cpu.is_empty() && dump.elements_by_cpus.is_empty());
}

#[test]
fn a_per_cpu_map_tells_on_which_cpus_it_is_used() {
    let value = |byte: u8| format!(r#"["0x{byte:02x}","0x00"]"#);
    let element = |key: u8, cpus: [u8; 3]| {
        let values: Vec<String> = cpus
            .iter()
            .enumerate()
            .map(|(cpu, &byte)| format!(r#"{{"cpu":{cpu},"value":{}}}"#, value(byte)))
            .collect();
        format!(r#"{{"key":["0x{key:02x}"],"values":[{}]}}"#, values.join(","))
    };
    let text =
        format!("[{},{},{}]", element(1, [0, 7, 0]), element(2, [0, 0, 0]), element(3, [1, 1, 1]));
    let (dumps, problems) = dumps_of(&text);
    let dump = &dumps[0];
    assert_eq!(problems, []);
    assert_eq!(dump.possible_cpus, Some(3));
    assert_eq!(dump.nonzero_by_cpu, [1.0, 2.0, 1.0]);
    assert_eq!(dump.elements_by_cpus, [1.0, 1.0, 0.0, 1.0]);
    assert_eq!(
        (&dump.value_lengths[..], &dump.value_length_counts[..]),
        (&[0.0, 1.0][..], &[5.0, 4.0][..])
    );
    assert_eq!(dump.sample[0].value, [0, 0, 7, 0, 0, 0]);
}

#[test]
fn the_sample_holds_elements_as_they_are() {
    let (dumps, _) = dumps_of(&many(100));
    let sample = &dumps[0].sample;
    let places: Vec<f64> = sample.iter().map(|it| it.index).collect();
    // Without 7, which is unreadable, the first 16; then every fourth.
    let first = (0..17_u8).filter(|&index| index != 7);
    let expected: Vec<f64> = first.chain((20..100).step_by(4)).map(f64::from).collect();
    assert_eq!(places, expected);
    let third = &sample[2];
    assert_eq!(third.key, [3; 18]);
    assert_eq!(third.value[..4], [3, 3, 0, 0]);
    assert_eq!(third.value.len(), 40);
}

#[test]
fn samples_of_many_maps_are_bounded_together() {
    let value = vec!["\"0x01\""; 5000].join(",");
    let map = |id: usize| {
        format!(r#"{{"id":{id},"type":"hash","elements":[{{"key":["0x01"],"value":[{value}]}}]}}"#)
    };
    let text = format!("[{}]", (0..1100).map(map).collect::<Vec<_>>().join(","));
    let (dumps, _) = dumps_of(&text);
    let kept = |it: &Dump| it.sample.iter().map(|it| it.key.len() + it.value.len()).sum::<usize>();
    assert_eq!(dumps.len(), 1100);
    assert_eq!(kept(&dumps[0]), 1 + MAX_SAMPLED_VALUE);
    assert!(dumps.iter().map(kept).sum::<usize>() <= MAX_SAMPLED_BYTES);
    assert!(dumps.iter().all(|it| (it.value_size, it.value_lengths.len()) == (5000.0, 1)));
}
