//! Documents of which the beginning was cut off, as the middle of a terminal's buffer is.

#![allow(clippy::expect_used, reason = "tests may fail loudly")]

mod common;

use common::{DUMP, MAPS, PROGRAMS, SEVERAL, all, dumps, maps, programs};
use mapscope_parser::ProblemCode;

#[test]
fn a_list_of_maps_is_read_from_its_first_whole_record() {
    let second = MAPS.find(r#"{"id":9"#).expect("a second map");
    for start in 1..second {
        let text = &MAPS[start..];
        let Ok(list) = maps([text.as_bytes()]) else {
            panic!("cut at {start}: nothing is read of {text}");
        };
        let begins_whole = text.starts_with(r#"{"id":7"#);
        let expected: &[f64] = if begins_whole { &[7.0, 9.0] } else { &[9.0] };
        assert_eq!(list.id, expected, "cut at {start}: {:?}", list.problems);
        let told = |code| list.problems.iter().any(|it| it.code == code);
        assert!(told(ProblemCode::Truncated) || told(ProblemCode::SkippedRecord), "cut at {start}");
        assert!(!list.complete, "cut at {start}");
        // But for those that begin with what begins a list or an object too.
        if !text.starts_with(['{', '[', 'n']) {
            let [problem] = &list.problems[..] else { panic!("{start}: {:?}", list.problems) };
            assert_eq!((problem.code, problem.offset), (ProblemCode::Truncated, 0));
        }
    }
}

#[test]
fn a_list_that_begins_with_a_whole_record_is_told_where_it_ends() {
    for text in [&MAPS[1..], &format!(",\n{}", &MAPS[1..])] {
        let list = maps([text.as_bytes()]).expect("it is a list");
        assert_eq!(list.id, [7.0, 9.0]);
        assert_eq!(list.problems.len(), 1, "{:?}", list.problems);
        assert_eq!(list.problems[0].code, ProblemCode::Truncated);
    }
}

#[test]
fn records_one_a_line_are_read_too() {
    let records = MAPS.trim_end().trim_matches(['[', ']']).replace("},{\"id\"", "}\n{\"id\"");
    let list = maps([&records.as_bytes()[20..]]).expect("it is a list");
    assert_eq!(list.id, [9.0]);
    assert_eq!(list.problems.len(), 1, "{:?}", list.problems);
}

#[test]
fn a_dump_counts_what_is_left_and_is_not_complete() {
    let second = DUMP.find("},{").expect("a second element");
    for start in
        (1..second).filter(|&start| !DUMP[start..].trim_start().starts_with(['{', '[', 'n']))
    {
        let list = dumps([&DUMP.as_bytes()[start..]]).expect("it is a dump");
        let [dump] = &list.dumps[..] else { panic!("cut at {start}: {:?}", list.problems) };
        assert_eq!((dump.elements, dump.complete), (2.0, false), "cut at {start}");
        assert_eq!(list.problems.len(), 1, "cut at {start}: {:?}", list.problems);
    }
}

#[test]
fn of_several_dumps_the_ones_behind_are_whole() {
    let second = SEVERAL.find(r#"{"id":6"#).expect("a second map");
    for start in (1..second - 3).filter(|&start| !SEVERAL[start..].starts_with(['{', '[', 'n'])) {
        let list = dumps([&SEVERAL.as_bytes()[start..]]).expect("it is a dump");
        let whole = list.dumps.iter().find(|it| it.map_id == Some(6.0));
        let whole = whole.unwrap_or_else(|| panic!("cut at {start}: {:?}", list.problems));
        assert_eq!((whole.elements, whole.complete), (1.0, true), "cut at {start}");
        assert!(list.dumps.iter().all(|it| it.map_id == Some(6.0) || !it.complete), "{start}");
        assert!(!list.problems.is_empty(), "cut at {start}");
    }
}

#[test]
fn without_another_record_it_is_no_document() {
    for text in ["emlock\":4096,\"frozen\":0}]", "\"frozen\":0}]", "plain text, not JSON", "}]"] {
        assert!(maps([text.as_bytes()]).is_err(), "{text}");
        assert!(dumps([text.as_bytes()]).is_err(), "{text}");
        assert!(programs([text.as_bytes()]).is_err(), "{text}");
    }
}

#[test]
fn chunk_borders_mean_nothing() {
    for sample in [MAPS, DUMP, SEVERAL, PROGRAMS] {
        for start in (1..sample.len()).step_by(3) {
            let bytes = &sample.as_bytes()[start..];
            let whole = all(&[bytes]);
            for size in [1, 7] {
                let pieces: Vec<&[u8]> = bytes.chunks(size).collect();
                assert_eq!(all(&pieces), whole, "cut at {start}, pieces of {size}");
            }
        }
    }
}
