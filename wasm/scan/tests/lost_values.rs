//! Elements that lost a part of what they hold: what it makes wrong is not counted, and it is told where it is missing.

#![allow(clippy::expect_used, reason = "tests may fail loudly")]

mod common;

use common::{all, dumps, maps, programs};
use mapscope_parser::{Problem, ProblemCode};
use mapscope_scan::Dump;

fn dump_of(text: &str) -> (Dump, Vec<Problem>) {
    let mut list = dumps([text.as_bytes()]).expect("it is a dump");
    assert_eq!(list.dumps.len(), 1, "{text}");
    (list.dumps.remove(0), list.problems)
}

fn cpu(number: u32) -> String {
    format!(r#"{{"cpu":{number},"value":["0xa{number}","0x00"]}}"#)
}

fn element(key: u8, values: &str) -> String {
    format!(r#"{{"key":["0x0{key}"],"values":[{values}]}}"#)
}

fn of_cpus(key: u8, count: u32) -> String {
    element(key, &(0..count).map(cpu).collect::<Vec<_>>().join(","))
}

/// What is written between the values of CPU 0 and 1, or in place of the last, and what must be said.
fn shortened() -> Vec<(String, ProblemCode)> {
    let (first, last) = (cpu(0), cpu(3));
    let malformed = [
        format!("{first}, ... "),
        format!("{first},..."),
        format!("{first} ..."),
        format!("{first}, \"...\""),
        format!("{first},\n...\n,{last}"),
        format!("{first},\n...\n{last}"),
        format!("{first},\n{{\n...\n}},{last}"),
        format!("{first},{{\"...\"}},{last}"),
        format!("{first},{{...}}"),
        format!("{first},[...],{last}"),
        format!("{first},"),
        format!("{first},{last}"),
        format!("{first},{{\"cpu\":1}}"),
        format!("{first},{{\"value\":[\"0x00\",\"0x00\"]}}"),
        format!("{first},{{}}"),
        format!("{first},{first}"),
        last.clone(),
        "...".to_owned(),
        "\u{2026}".to_owned(),
        format!("...,{last}"),
        format!("{first},{{\"cpu\":...,\"value\":[\"0x00\",\"0x00\"]}}"),
        format!("{first},7"),
    ];
    malformed.into_iter().map(|text| (text, ProblemCode::Malformed)).collect()
}

#[test]
fn a_list_of_values_that_was_shortened_tells_no_number_of_cpus() {
    for (values, code) in shortened() {
        for text in [
            format!("[{}]", element(1, &values)),
            format!("[{},{},{}]", of_cpus(1, 4), element(2, &values), of_cpus(3, 4)),
            format!("[{},{}]", element(2, &values), of_cpus(3, 4)),
        ] {
            let (dump, problems) = dump_of(&text);
            let elements = text.matches("\"key\"").count();
            assert_eq!(dump.elements.to_string(), elements.to_string(), "{text}");
            assert_eq!(dump.possible_cpus, None, "{text}");
            assert!(dump.nonzero_by_cpu.is_empty() && dump.elements_by_cpus.is_empty(), "{text}");
            assert!(!dump.complete, "{text}: {problems:?}");
            let damaged = element(if elements == 1 { 1 } else { 2 }, &values);
            let behind = text.find(&damaged).expect("it is in it") + damaged.len();
            let start = behind - values.len() - 2;
            let told = problems.iter().find(|it| it.code == code);
            let place = told.map(|it| usize::try_from(it.offset).expect("small"));
            assert!(place.is_some_and(|it| (start..behind).contains(&it)), "{text}: {problems:?}");
        }
    }
}

#[test]
fn elements_of_different_numbers_of_cpus_contradict_each_other() {
    for [first, second] in [[4, 2], [2, 4], [4, 0]] {
        let (dump, problems) = dump_of(&format!("[{},{}]", of_cpus(1, first), of_cpus(2, second)));
        assert_eq!((dump.elements, dump.possible_cpus, dump.complete), (2.0, None, false));
        let [problem] = &problems[..] else { panic!("{problems:?}") };
        assert_eq!((problem.code, problem.path.as_str()), (ProblemCode::Malformed, "$[1]"));
    }
    let text = r#"[{"key":["0x01"],"value":{"error":"No such file or directory"}}]"#;
    let unreadable = text.trim_matches(['[', ']']);
    let (dump, problems) = dump_of(&format!("[{},{unreadable}]", of_cpus(1, 4)));
    assert_eq!((dump.possible_cpus, dump.complete), (Some(4), true), "{problems:?}");
}

#[test]
fn a_comma_too_few_between_the_values_of_two_cpus_costs_nothing() {
    let values = format!("{}\n{}{}", cpu(0), cpu(1), cpu(2));
    let text = format!("[{},{}]", element(1, &values), of_cpus(2, 3));
    let (dump, problems) = dump_of(&text);
    assert_eq!((dump.elements, dump.possible_cpus, dump.complete), (2.0, Some(3), true));
    assert_eq!(dump.nonzero_by_cpu, [2.0, 2.0, 2.0]);
    let second = text.find("{\"cpu\":1").expect("it is in it");
    let third = text.find("{\"cpu\":2").expect("it is in it");
    let told: Vec<_> = problems.iter().map(|it| (it.code, it.path.as_str(), it.offset)).collect();
    let repaired = |at| (ProblemCode::Repaired, "$[0].values", u64::try_from(at).expect("small"));
    assert_eq!(told, [repaired(second), repaired(third)]);
}

#[test]
fn values_that_are_cut_off_tell_no_number_of_cpus() {
    let text = format!("[{},{}]", of_cpus(1, 3), of_cpus(2, 3));
    let whole = format!("[{}", of_cpus(1, 3)).len();
    for end in 1..text.len() {
        let Ok(list) = dumps([&text.as_bytes()[..end]]) else { continue };
        for dump in &list.dumps {
            let is_last_cut = dump.elements > if end < whole { 0.0 } else { 1.0 };
            let expected = if is_last_cut { None } else { Some(3) };
            assert!(!dump.complete, "cut at {end}");
            // The list of values itself may be whole.
            let ends_whole = text[..end].trim_end_matches('}').ends_with("]}]");
            if !ends_whole && dump.elements > 0.0 {
                assert_eq!(dump.possible_cpus, expected, "cut at {end}");
            }
        }
        assert!(!list.problems.is_empty(), "cut at {end}");
    }
}

#[test]
fn a_dump_that_lost_an_element_is_a_lower_bound() {
    let good = r#"{"key":["0x03"],"value":["0x01","0x00"]}"#;
    for bad in [
        r#"{"key":["0x01"],"value":["0x00",...]}"#,
        r#"{"key":["0x01"],"value":["0x00","...","0x00"]}"#,
        r#"{"key":["0x01"],"value":["0x00"...]}"#,
        r#"{"key":["0x01"],"value":[...]}"#,
        r#"{"key":["0x01"],"value":[["0x00"],"0x00"]}"#,
        r#"{"key":["0x01",{}],"value":["0x00","0x00"]}"#,
        r#"{"key":["0x01"]}"#,
        r#"{"key":["0x01",...],"value":["0x00","0x00"]}"#,
        r#"{"key":["0x01"],...}"#,
        r#"{"key":"...","value":"..."}"#,
        r"{...}",
        r"{}",
    ] {
        for text in
            [format!("[{bad},{good}]"), format!("[{good},{bad}]"), format!("{bad}\n{good}\n")]
        {
            let (dump, problems) = dump_of(&text);
            assert_eq!((dump.elements, dump.complete), (1.0, false), "{text}: {problems:?}");
            assert!(!problems.is_empty(), "{text}");
        }
    }
    // Alone it is a dump all the same.
    let (dump, _) = dump_of(r#"[{"key":["0x01"],"value":["0x00",...,"0x00"]}]"#);
    assert_eq!((dump.elements, dump.complete), (0.0, false));
}

#[test]
fn dumps_of_a_batch_do_not_cost_each_other_anything() {
    let one = |id: u8| {
        format!(
            r#"{{"command":["map","dump","id","{id}"],"output":[{{"key":["0x01"],"value":["0x01"]}}]}}"#
        )
    };
    let text = format!("[{},{},{}]", one(1), one(2), one(3));
    let list = dumps([text.as_bytes()]).expect("it is a dump");
    let found: Vec<_> = list.dumps.iter().map(|it| (it.map_id, it.complete)).collect();
    assert_eq!(found, [(Some(1.0), true), (Some(2.0), true), (Some(3.0), true)]);
}

#[test]
fn processes_that_were_left_out_are_told() {
    let pids = r#"[{"pid":42,"comm":"agent"}, ...]"#;
    let map =
        format!(r#"[{{"id":1,"bytes_key":4,"bytes_value":8,"max_entries":1,"pids":{pids}}}]"#);
    let list = maps([map.as_bytes()]).expect("it is a list");
    let program = format!(r#"[{{"id":1,"tag":"00","pids":{pids}}}]"#);
    let programs = programs([program.as_bytes()]).expect("it is a list");
    for (text, problems) in [(map, list.problems), (program, programs.problems)] {
        let [problem] = &problems[..] else { panic!("{problems:?}") };
        let place = u64::try_from(text.find("...").expect("it is in it")).expect("small");
        assert_eq!((problem.code, problem.offset), (ProblemCode::Malformed, place));
    }
    assert_eq!(list.holders.pid, [42.0]);
}

#[test]
fn chunk_borders_mean_nothing() {
    for (values, _) in shortened() {
        let text = format!("[{},{},{}]", of_cpus(1, 4), element(2, &values), of_cpus(3, 4));
        let whole = all(&[text.as_bytes()]);
        for size in [1, 2, 3, 5, 64] {
            let pieces: Vec<&[u8]> = text.as_bytes().chunks(size).collect();
            assert_eq!(all(&pieces), whole, "{text}, pieces of {size}");
        }
    }
}

/// Every text that one byte too few, or another one in its place, makes of it; long ones also without a piece.
fn damaged(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for at in 0..text.len() {
        let (before, behind) = text.split_at(at);
        for piece in ["", "\"", "{", "}", "[", "]", ",", ":", "7", "x", " ", "..."] {
            all.push(format!("{before}{piece}{}", &behind[1..]));
        }
        for length in [2, 7, 20, 45] {
            all.push(format!("{before}{}", behind.get(length..).unwrap_or("")));
        }
    }
    all
}

#[test]
fn whatever_is_damaged_no_wrong_number_of_cpus_is_told() {
    let whole = format!("[{},{}]", of_cpus(1, 3), of_cpus(2, 3));
    for text in damaged(&whole) {
        let Ok(list) = dumps([text.as_bytes()]) else { continue };
        for dump in &list.dumps {
            let (elements, cpus) = (dump.elements, dump.possible_cpus);
            assert!([None, Some(3)].contains(&cpus), "{text}: {cpus:?}, {:?}", list.problems);
            // A bracket between the two opens another list, whose own is whole.
            let is_alone = list.dumps.len() == 1;
            let is_told = elements >= 2.0 || !dump.complete || !is_alone;
            assert!(is_told, "{text}: {elements}, {:?}", list.problems);
        }
    }
}
