//! Several outputs in one document, of which one that is not the last was cut off.

#![allow(clippy::expect_used, reason = "tests may fail loudly")]

mod common;

use common::{DUMP, MAPS, PROGRAMS, SEVERAL, all, dumps, maps, programs};
use mapscope_parser::{Problem, ProblemCode};

/// The same documents in one line each.
fn compact(text: &str) -> String {
    text.lines().map(str::trim).collect()
}

fn is_told(problems: &[Problem]) -> bool {
    problems.iter().any(|it| it.code == ProblemCode::Truncated)
}

/// Between the two.
const BREAKS: [&str; 3] = ["\n", "\r\n\r\n", "\n  "];

#[test]
fn a_list_of_maps_behind_one_that_is_cut_anywhere_is_read() {
    let third = MAPS.replace(r#""id":7"#, r#""id":17"#).replace(r#""id":9"#, r#""id":19"#);
    let second = MAPS.find(r#",{"id":9"#).expect("a second map");
    for end in 1..MAPS.trim_end().len() {
        for between in BREAKS {
            let text = format!("{}{between}{third}", &MAPS[..end]);
            let list = maps([text.as_bytes()]).expect("it is a list");
            let first: &[f64] = if end >= second { &[7.0] } else { &[] };
            // The last may have all that is wanted of it.
            let rest: Vec<f64> =
                list.id.iter().copied().filter(|id| ![7.0, 9.0].contains(id)).collect();
            assert_eq!(rest, [17.0, 19.0], "cut at {end}, {between:?}: {:?}", list.problems);
            assert!(list.id.starts_with(first), "cut at {end}, {between:?}");
            assert!(!list.complete && is_told(&list.problems), "cut at {end}: {:?}", list.problems);
            let told = list.problems.iter().find(|it| it.code == ProblemCode::Truncated);
            let place = told.map(|it| usize::try_from(it.offset).expect("small"));
            let record = end + between.len() + r#"[{"id":"#.len();
            assert!(place.is_some_and(|it| (end..=record).contains(&it)), "{place:?}");
        }
    }
}

#[test]
fn a_list_of_programs_behind_one_that_is_cut_anywhere_is_read() {
    let text = PROGRAMS.replace(r#","metadata":{"quote":""","note":"x"}"#, "");
    for end in 1..text.len() {
        let both = format!("{}\n{}", &text[..end], text.replace(r#""id":3"#, r#""id":4"#));
        let list = programs([both.as_bytes()]).expect("it is a list");
        assert_eq!(list.id.last(), Some(&4.0), "cut at {end}: {:?}", list.problems);
        assert!(is_told(&list.problems), "cut at {end}: {:?}", list.problems);
    }
}

#[test]
fn a_dump_behind_one_that_is_cut_anywhere_is_a_dump_of_its_own() {
    let whole = compact(DUMP);
    let first = whole.find("},{").expect("a second element") + 1;
    // Within its key it is not yet known to be a dump.
    for end in 1..whole.len() {
        let text = format!("{}\n{}", &whole[..end], DUMP);
        let list = dumps([text.as_bytes()]).expect("it is a dump");
        let second = list.dumps.last().expect("a dump");
        assert_eq!(
            (second.elements, second.complete),
            (3.0, true),
            "cut at {end}: {:?}",
            list.problems
        );
        let before = &list.dumps[..list.dumps.len() - 1];
        assert!(before.iter().all(|it| !it.complete && it.elements <= 3.0), "cut at {end}");
        let elements: Vec<f64> = before.iter().map(|it| it.elements).collect();
        assert!(end < first || (elements.len() == 1 && elements[0] >= 1.0), "cut at {end}");
        assert!(is_told(&list.problems), "cut at {end}: {:?}", list.problems);
    }
}

#[test]
fn dumps_of_several_maps_behind_ones_that_are_cut_between_elements_are_read() {
    for cut in [r#",{"key":["0x02"],"value":{"e"#, r#"[{"key":["0x01"],"value":["#] {
        let end = SEVERAL.find(cut).expect("it is in it") + 1;
        let text = format!("{}\n{SEVERAL}", &SEVERAL[..end]);
        let list = dumps([text.as_bytes()]).expect("it is a dump");
        let found: Vec<_> = list.dumps.iter().map(|it| (it.map_id, it.complete)).collect();
        assert_eq!(found[1..], [(Some(5.0), true), (Some(6.0), true)], "{:?}", list.problems);
        assert_eq!(found[0], (Some(5.0), false));
        assert!(is_told(&list.problems));
    }
}

#[test]
fn whole_dumps_one_behind_the_other_are_not_one() {
    let list = dumps([format!("{DUMP}{DUMP}").as_bytes()]).expect("they are dumps");
    let found: Vec<_> = list.dumps.iter().map(|it| (it.elements, it.complete)).collect();
    assert_eq!(found, [(3.0, true), (3.0, true)]);
    assert!(list.problems.is_empty());
}

#[test]
fn a_batch_behind_one_that_is_cut_is_read() {
    let batch = |id: u8| {
        format!(
            r#"[{{"command":["map","show"],"output":[{{"id":{id},"bytes_key":4,"bytes_value":8,"max_entries":9}}]}}]"#
        )
    };
    let first = batch(1);
    for end in 2..first.len() - 1 {
        let text = format!("{}\n{}", &first[..end], batch(2));
        let list = maps([text.as_bytes()]).expect("it is a batch");
        assert_eq!(list.id.last(), Some(&2.0), "cut at {end}: {:?}", list.problems);
        assert!(is_told(&list.problems), "cut at {end}: {:?}", list.problems);
    }
}

#[test]
fn a_record_that_begins_inside_of_another_is_read() {
    let record = |id: u8| {
        format!(r#"{{"id":{id},"type":"hash","bytes_key":4,"bytes_value":8,"max_entries":9}}"#)
    };
    for (cut, ids) in [
        (r#"{"id":2,"type":"#, [1.0, 3.0, 4.0]),
        (r#"{"id":2,"dev":"#, [1.0, 3.0, 4.0]),
        (r#"{"id":2,"pids":[{"pid":1,"comm":"#, [1.0, 3.0, 4.0]),
        (r#"{"id":2,"#, [1.0, 3.0, 4.0]),
    ] {
        for text in [
            format!("{}\n{cut}\n{}\n{}\n", record(1), record(3), record(4)),
            format!("[{},{cut}\n{},{}]", record(1), record(3), record(4)),
        ] {
            let list = maps([text.as_bytes()]).expect("it is a list");
            assert_eq!(list.id, ids, "{text}: {:?}", list.problems);
            assert!(!list.complete, "{text}");
            let codes: Vec<_> = list.problems.iter().map(|it| it.code).collect();
            assert_eq!(codes, [ProblemCode::SkippedRecord], "{text}: {:?}", list.problems);
        }
    }
    // What no tool is known to write may have anything in it.
    let text = r#"[{"id":2,"bytes_key":4,"max_entries":9,"links":[{"id":7}],"link":{"id":8}}]"#;
    let list = maps([text.as_bytes()]).expect("it is a list");
    assert_eq!((list.id, list.problems.len()), (vec![2.0], 0));
}

#[test]
fn chunk_borders_mean_nothing() {
    for sample in [MAPS, DUMP, SEVERAL, PROGRAMS] {
        for end in (1..sample.len()).step_by(5) {
            let text = format!("{}\n{sample}", &sample[..end]);
            let whole = all(&[text.as_bytes()]);
            for size in [1, 7] {
                let pieces: Vec<&[u8]> = text.as_bytes().chunks(size).collect();
                assert_eq!(all(&pieces), whole, "cut at {end}, pieces of {size}");
            }
        }
    }
}
