//! Lists that somebody shortened or cut by hand: a comma too few or too many, dots and remarks in place of records.

#![allow(clippy::expect_used, reason = "tests may fail loudly")]

mod common;

use common::{all, dumps, maps, programs};
use mapscope_parser::{Problem, ProblemCode};

/// A map as bpftool 7.1 lists it.
fn map(id: u8) -> String {
    format!(
        r#"{{"id":{id},"type":"hash","name":"flows","flags":1,"bytes_key":16,"bytes_value":48,"max_entries":1000,"bytes_memlock":65536,"frozen":0,"pids":[{{"pid":42,"comm":"agent"}},{{"pid":43,"comm":"agent"}}]}}"#
    )
}

fn element(key: u8) -> String {
    format!(
        r#"{{"key":["0x{key:02x}","0x00"],"value":["0x01"],"formatted":{{"key":{key},"value":{{"id":1}}}}}}"#
    )
}

fn codes(problems: &[Problem]) -> Vec<ProblemCode> {
    problems.iter().map(|problem| problem.code).collect()
}

/// What people put in place of records, between commas or without them.
const GAPS: [&str; 19] = [
    ",...,",
    ",\n...\n",
    "\n...\n",
    ",\n  \u{2026},\n",
    "\n// 200 more\n",
    ", // 200 more maps, all alike\n",
    ",\n/* snip */\n",
    ",\n# and so on, up to 131072\n",
    "\n<snip>\n",
    ",\n(200 more)\n,",
    " .. ",
    ",,",
    "},",
    ",\n[...],\n",
    ",\n[... 37 more ...]\n",
    ",\n[37 more]\n",
    "\n[\u{2026} 37 more \u{2026}],\n",
    ", \"...\",",
    ",\n\"...\"\n",
];

/// The same on lines of their own, where records are too.
const LINES: [&str; 8] = [
    "...",
    "\u{2026}",
    "// 200 more",
    "<snip>",
    "[truncated]",
    "[... 37 more ...]",
    "[37 more]",
    "(37 more)",
];

#[test]
fn what_stands_in_place_of_records_costs_no_other() {
    for gap in GAPS {
        let text = format!("[{},{}{gap}{},{}]\n", map(1), map(2), map(8), map(9));
        let list = maps([text.as_bytes()]).expect("it is a list");
        assert_eq!(list.id, [1.0, 2.0, 8.0, 9.0], "{gap:?}: {:?}", list.problems);
        assert_eq!(list.holders.object, list.id, "{gap:?}");
        let [first, others @ ..] = &list.problems[..] else { panic!("{gap:?} is told") };
        assert_eq!(first.code, ProblemCode::SkippedRecord, "{gap:?}");
        // Where something stands that is JSON, the comma is told besides.
        assert!(others.len() <= usize::from(gap == ",\n\"...\"\n"), "{gap:?}: {others:?}");
        let place = usize::try_from(first.offset).expect("small");
        let start = [map(1), map(2)].join(",").len() + 1;
        assert!((start..start + gap.len()).contains(&place), "{gap:?}: {first:?}");
    }
    let text = format!("[{},\n// 200 more maps\n{}]", map(1), map(2));
    let list = maps([text.as_bytes()]).expect("it is a list");
    let message = &list.problems[0].message;
    assert!(message.starts_with("`// 200 more maps` stands"), "{message}");
}

#[test]
fn a_comma_too_few_or_too_many_costs_nothing() {
    for between in ["", "\n", "  \r\n "] {
        let text = format!("[{}{between}{}{between}{},]\n", map(1), map(2), map(3));
        let list = maps([text.as_bytes()]).expect("it is a list");
        assert_eq!(list.id, [1.0, 2.0, 3.0], "{between:?}");
        assert!(list.complete, "{between:?}");
        assert_eq!(codes(&list.problems), [ProblemCode::Repaired; 3], "{:?}", list.problems);
        assert_eq!(list.problems[0].path, "$[1]");
        let comma = map(1).len() + 1 + between.len();
        assert_eq!(list.problems[0].offset, u64::try_from(comma).expect("small"));
    }
}

#[test]
fn a_record_that_breaks_off_before_one_without_a_comma_costs_itself() {
    let text = format!("[{}{}{}]", map(1), map(2).replace("\"flags\":1", "\"flags\":\"1"), map(3));
    let list = maps([text.as_bytes()]).expect("it is a list");
    assert_eq!(list.id, [1.0, 3.0], "{:?}", list.problems);
}

#[test]
fn a_list_that_ends_with_dots_is_told() {
    for (end, ends) in
        [(",...]", true), ("\n...\n]\n", true), (",\n...\n", false), ("\n\u{2026}\n", false)]
    {
        let text = format!("[{},{}{end}", map(1), map(2));
        let list = maps([text.as_bytes()]).expect("it is a list");
        assert_eq!(list.id, [1.0, 2.0], "{end:?}");
        let told = codes(&list.problems);
        let expected = [ProblemCode::SkippedRecord, ProblemCode::Truncated];
        assert_eq!(told, expected[..if ends { 1 } else { 2 }], "{end:?}: {:?}", list.problems);
    }
}

#[test]
fn records_one_a_line_may_be_left_out_too() {
    for gap in LINES {
        let text = format!("{}\n{}\n{gap}\n{}\n{}\n", map(1), map(2), map(8), map(9));
        let list = maps([text.as_bytes()]).expect("it is a list");
        assert_eq!(list.id, [1.0, 2.0, 8.0, 9.0], "{gap}: {:?}", list.problems);
        assert!(!list.complete);
        let [problem] = &list.problems[..] else { panic!("{gap}: {:?}", list.problems) };
        let place = u64::try_from(text.find(gap).expect("it is in it")).expect("small");
        assert_eq!((problem.code, problem.offset), (ProblemCode::SkippedRecord, place), "{gap}");
        assert!(problem.message.starts_with(&format!("`{gap}` ")), "{}", problem.message);
        let text = format!("{}\n{}\n{gap}\n{}\n", element(1), element(2), element(9));
        let list = dumps([text.as_bytes()]).expect("it is a dump");
        let found: Vec<_> = list.dumps.iter().map(|it| (it.elements, it.complete)).collect();
        assert_eq!(found, [(3.0, false)], "{gap}: {:?}", list.problems);
    }
}

#[test]
fn a_gap_at_the_beginning_of_a_list_is_told() {
    for gap in ["...,", "\n...\n", "7,", "\"...\",", "[...],", "[37 more]\n"] {
        let text = format!("[{gap}{},{}]", map(1), map(2));
        let list = maps([text.as_bytes()]).expect("it is a list");
        assert_eq!((&list.id[..], list.complete), (&[1.0, 2.0][..], false), "{gap}");
        assert_eq!(codes(&list.problems), [ProblemCode::SkippedRecord], "{:?}", list.problems);
        let list = dumps([format!("[{}]\n[{gap}{}]", element(1), element(2)).as_bytes()]);
        let list = list.expect("they are dumps");
        let found: Vec<_> = list.dumps.iter().map(|it| (it.elements, it.complete)).collect();
        assert_eq!(found, [(1.0, true), (1.0, false)], "{gap}: {:?}", list.problems);
    }
    let text = format!("[...]\n[{}]", map(1));
    let list = maps([text.as_bytes()]).expect("it is a list");
    assert_eq!(list.id, [1.0]);
    assert_eq!(codes(&list.problems), [ProblemCode::SkippedRecord], "{:?}", list.problems);
}

#[test]
fn a_dump_with_a_gap_is_a_lower_bound() {
    for gap in GAPS {
        let text = format!("[{},{}{gap}{},{}]", element(1), element(2), element(8), element(9));
        let list = dumps([text.as_bytes()]).expect("it is a dump");
        let [dump] = &list.dumps[..] else { panic!("{gap:?}: {} dumps", list.dumps.len()) };
        assert_eq!((dump.elements, dump.distinct_keys), (4.0, 4.0), "{gap:?}: {:?}", list.problems);
        assert!(!dump.complete, "{gap:?}");
    }
    // A comma alone is no gap.
    let text = format!("[{}\n{},{}]", element(1), element(2), element(3));
    let list = dumps([text.as_bytes()]).expect("it is a dump");
    assert!(list.dumps[0].complete, "{:?}", list.problems);
    assert_eq!(list.dumps.iter().map(|it| it.elements).collect::<Vec<_>>(), [3.0]);
    let list = dumps([&b"[...]"[..]]).map(|list| list.dumps.len());
    assert_ne!(list.ok(), Some(1), "what is left out is no empty map");
}

#[test]
fn several_dumps_stay_apart_behind_a_gap() {
    let several = |inner: &str, outer: &str| {
        format!(
            r#"[{{"id":5,"type":"hash","flags":0,"elements":[{0},{1}{inner}]}}{outer}{{"id":6,"type":"hash","flags":0,"elements":[{2}]}}]"#,
            element(1),
            element(2),
            element(3)
        )
    };
    for (inner, outer) in
        [(",...", ","), ("\n// 20 more\n", ","), ("", ",...,"), ("", "\n...\n"), ("", "\n")]
    {
        let text = several(inner, outer);
        let list = dumps([text.as_bytes()]).expect("it is a dump");
        let found: Vec<_> =
            list.dumps.iter().map(|it| (it.map_id, it.elements, it.complete)).collect();
        let expected = [(Some(5.0), 2.0, inner.is_empty()), (Some(6.0), 1.0, true)];
        assert_eq!(found, expected, "{inner:?} {outer:?}: {:?}", list.problems);
        assert!(!list.problems.is_empty());
    }
}

#[test]
fn a_batch_goes_on_behind_a_gap() {
    let text = format!(
        r#"[{{"command":["map","show"],"output":[{},...]}},{{"command":["prog","show"],"output":[{{"id":8,"tag":"00"}} // 3 more
{{"id":9,"tag":"01"}}]}},{{"command":["map","show","id","3"],"output":{}}}]"#,
        map(1),
        map(3)
    );
    assert_eq!(maps([text.as_bytes()]).expect("maps").id, [1.0, 3.0]);
    assert_eq!(programs([text.as_bytes()]).expect("programs").id, [8.0, 9.0]);
    let text = format!(
        r#"[{{"command":["map","show"],"output":[{}]}}, ... {{"command":["map","show"],"output":[{}]}}]"#,
        map(1),
        map(3)
    );
    assert_eq!(maps([text.as_bytes()]).expect("maps").id, [1.0, 3.0]);
}

#[test]
fn chunk_borders_mean_nothing() {
    for gap in GAPS.into_iter().chain(LINES).chain(["", "\n"]) {
        for text in [
            format!("{}\n{gap}\n{}\n", map(1), map(2)),
            format!("[{gap}{}]\n[{gap}{}]", element(1), element(2)),
            format!("[{},{}{gap}{}]", map(1), map(2), map(8)),
            format!("[{},{}{gap}{},]", element(1), element(2), element(8)),
        ] {
            let whole = all(&[text.as_bytes()]);
            for size in [1, 2, 3, 5, 64] {
                let pieces: Vec<&[u8]> = text.as_bytes().chunks(size).collect();
                assert_eq!(all(&pieces), whole, "{gap:?}, pieces of {size}");
            }
        }
    }
}
