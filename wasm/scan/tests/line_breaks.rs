//! Documents that a terminal or a mail program broke into lines, wherever it liked.

#![allow(clippy::expect_used, reason = "tests may fail loudly")]

mod common;

use common::{DUMP, MAPS, PROGRAMS, SEVERAL, all, dumps, many, maps, programs};
use mapscope_parser::{Problem, ProblemCode};
use mapscope_scan::{DumpList, MapList, ProgramList};

/// With a line break before the byte.
fn broken_at(text: &str, at: usize, end: &str) -> Vec<u8> {
    let (before, behind) = text.split_at(at);
    [before, end, behind].concat().into_bytes()
}

/// Broken into lines of lengths that differ.
fn broken(text: &str, widths: &[usize]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text.trim_end().as_bytes();
    for &width in widths.iter().cycle() {
        let Some((line, behind)) = rest.split_at_checked(width) else { break };
        out.extend_from_slice(line);
        out.push(b'\n');
        rest = behind;
    }
    out.extend_from_slice(rest);
    out.push(b'\n');
    out
}

/// Inside a string, a number or a literal.
fn tears(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let is_word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let quotes = bytes.iter().take(at).filter(|&&byte| byte == b'"').count();
    quotes % 2 == 1 || (at > 0 && is_word(at.saturating_sub(1)) && is_word(at))
}

fn assert_told(problems: &[Problem], text: &str, at: usize) {
    let codes: Vec<_> = problems.iter().map(|it| it.code).collect();
    // How the keys of a process are written is not asked: their values tell them apart.
    let before = &text[..at];
    let in_pids = before.rfind("\"pids\":[") > before.rfind(']');
    let member = before.rsplit(['{', ',']).next().unwrap_or("");
    let is_free = in_pids && !member.is_empty() && !member.contains(':');
    let expected: &[_] = if tears(text, at) && !is_free { &[ProblemCode::Repaired] } else { &[] };
    assert_eq!(codes, expected, "broken at {at}: {problems:?}");
    // Where the string or the number is.
    for problem in problems {
        let start = text[..at].rfind(['"', ':', ',']).expect("something is before");
        let place = usize::try_from(problem.offset).expect("small");
        assert!((start..=at).contains(&place), "broken at {at}: {problem:?}");
    }
}

fn without(list: MapList) -> MapList {
    MapList { problems: Vec::new(), ..list }
}

#[test]
fn a_break_anywhere_in_a_list_of_maps_costs_nothing() {
    let whole = format!("{:?}", without(maps([MAPS.as_bytes()]).expect("it is a list")));
    for at in 1..MAPS.trim_end().len() {
        for end in ["\n", "\r\n"] {
            let list = maps([&broken_at(MAPS, at, end)[..]]).expect("it is still a list");
            assert_told(&list.problems, MAPS, at);
            assert_eq!(format!("{:?}", without(list)), whole, "broken at {at}");
        }
    }
}

#[test]
fn a_break_anywhere_in_a_list_of_programs_costs_nothing() {
    let text = PROGRAMS.replace(r#","metadata":{"quote":""","note":"x"}"#, "");
    let read = |bytes: &[u8]| programs([bytes]).expect("it is a list");
    let shown = |list: ProgramList| format!("{:?}", ProgramList { problems: Vec::new(), ..list });
    let whole = shown(read(text.as_bytes()));
    for at in 1..text.len() {
        let list = read(&broken_at(&text, at, "\n"));
        assert_told(&list.problems, &text, at);
        assert_eq!(shown(list), whole, "broken at {at}");
    }
}

#[test]
fn a_break_anywhere_in_dumps_costs_nothing() {
    let shown = |list: DumpList| format!("{:?}", list.dumps);
    for text in [SEVERAL, &many(12)] {
        let whole = shown(dumps([text.as_bytes()]).expect("it is a dump"));
        let own = dumps([text.as_bytes()]).expect("it is a dump").problems.len();
        for at in 1..text.len() {
            let list = dumps([&broken_at(text, at, "\n")[..]]).expect("it is still a dump");
            assert!(list.problems.len() >= own, "broken at {at}");
            assert_eq!(shown(list), whole, "broken at {at}");
        }
    }
}

#[test]
fn lines_of_any_length_are_read_as_one() {
    let whole = format!("{:?}", without(maps([MAPS.as_bytes()]).expect("it is a list")));
    for widths in [&[61, 72, 44, 70][..], &[9, 4, 13], &[5]] {
        let bytes = broken(MAPS, widths);
        let list = maps([&bytes[..]]).expect("it is still a list");
        assert!(list.problems.iter().all(|it| it.code == ProblemCode::Repaired));
        assert!(!list.problems.is_empty());
        assert_eq!(format!("{:?}", without(list)), whole, "{widths:?}");
    }
    let whole = dumps([DUMP.as_bytes()]).expect("it is a dump").dumps;
    let list = dumps([&broken(DUMP, &[23, 31, 17])[..]]).expect("it is still a dump");
    assert_eq!(list.dumps, whole);
}

/// A comma may be missing there, so it is not read as one number.
#[test]
fn a_number_in_a_list_is_not_guessed() {
    let torn = PROGRAMS.replace("[7,9]", "[7,1\n9]");
    let list = programs([torn.as_bytes()]).expect("it is a list");
    assert!(!list.map_ids.contains(&19.0));
    assert!(list.problems.iter().any(|it| it.code == ProblemCode::SkippedRecord));
}

#[test]
fn chunk_borders_mean_nothing() {
    for bytes in [MAPS, DUMP, SEVERAL, PROGRAMS].map(|text| broken(text, &[7, 11, 5])) {
        let whole = all(&[&bytes]);
        for size in [1, 2, 3, 5, 64] {
            let pieces: Vec<&[u8]> = bytes.chunks(size).collect();
            assert_eq!(all(&pieces), whole, "pieces of {size}");
        }
    }
}
