//! Any bytes give a value or an error; what stands before the damage is kept.
#![allow(clippy::arithmetic_side_effects, reason = "tests may fail loudly")]

mod common;

use common::{DUMP, MAPS, PROGRAMS, SEVERAL, all, dumps, many, maps, programs};
use mapscope_parser::ProblemCode;

fn samples() -> Vec<String> {
    let fixed = [MAPS, DUMP, SEVERAL, PROGRAMS].map(str::to_owned);
    fixed.into_iter().chain([many(12)]).collect()
}

#[test]
fn chunk_borders_mean_nothing() {
    for sample in samples() {
        let bytes = sample.as_bytes();
        let whole = all(&[bytes]);
        for cut in 0..=bytes.len() {
            let (head, tail) = bytes.split_at(cut);
            assert_eq!(all(&[head, tail]), whole, "cut at {cut}");
        }
        for size in [1, 2, 3, 5, 8, 13, 56, 57, 58] {
            let pieces: Vec<&[u8]> = bytes.chunks(size).collect();
            assert_eq!(all(&pieces), whole, "pieces of {size}");
        }
    }
}

#[test]
fn chunk_borders_mean_nothing_in_damaged_documents_either() {
    for sample in samples() {
        for at in (0..sample.len()).step_by(3) {
            let mut bytes = sample.as_bytes().to_vec();
            bytes[at] = b'"';
            let whole = all(&[&bytes]);
            for size in [1, 7] {
                let pieces: Vec<&[u8]> = bytes.chunks(size).collect();
                assert_eq!(all(&pieces), whole, "byte {at} made a quote, pieces of {size}");
            }
        }
    }
}

/// Pieces of JSON put in place of others, several to a document: what is read in one go when it lies in a piece as a
/// whole must be what tokens would tell.
#[test]
fn chunk_borders_mean_nothing_whatever_is_put_in() {
    const PARTS: [&str; 30] = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\"0x01\",",
        "\"0xAB\"",
        "0",
        "null",
        "\"a\"",
        "\"key\":",
        "\"value\":",
        "\"values\":",
        "\"formatted\":",
        "\"elements\":[",
        "\"error\":",
        "{\"error\":\"x\"}",
        "\"command\":",
        "\"command\":[\"map\",\"dump\",\"id\",\"1\"],\"output\":[",
        "},{\"key\":[\"0x",
        "]},{\"id\":",
        "\"i d\":1",
        "{\"cpu\":0,",
        "...",
        "\n",
        "}{\"id\":",
        "{\"id\":",
    ];
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut below = |limit: usize| {
        // Xorshift: the same damage in every run.
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random >> 33).expect("31 bits") % limit.max(1)
    };
    let samples: Vec<String> = samples().into_iter().chain([many(3)]).collect();
    for round in 0..20_000 {
        let sample = &samples[below(samples.len())];
        let mut bytes = sample.as_bytes()[..sample.len().min(1500)].to_vec();
        for _ in 0..=below(5) {
            let at = below(bytes.len());
            let end = (at + below(12)).min(bytes.len());
            bytes.splice(at..end, PARTS[below(PARTS.len())].bytes());
        }
        let whole = all(&[&bytes]);
        for size in [1, 7, 1 + below(200)] {
            let pieces: Vec<&[u8]> = bytes.chunks(size).collect();
            let text = String::from_utf8_lossy(&bytes);
            assert_eq!(all(&pieces), whole, "round {round}, pieces of {size}: {text}");
        }
    }
}

#[test]
fn every_prefix_keeps_the_records_that_are_complete() {
    let end_of_first = MAPS.find(",{\"id\":9").expect("a second map");
    for end in 1..MAPS.trim_end().len() {
        let list = maps([&MAPS.as_bytes()[..end]]).expect("a beginning is still a list");
        let expected =
            usize::from(end >= end_of_first) + usize::from(end + 1 >= MAPS.trim_end().len());
        assert_eq!(list.id.len(), expected, "prefix of {end} bytes");
        assert!(!list.complete, "prefix of {end} bytes");
        let cut = list.problems.iter().find(|it| it.code == ProblemCode::Truncated);
        let cut = cut.unwrap_or_else(|| panic!("prefix of {end} bytes tells that it is cut"));
        assert_eq!(cut.offset, u64::try_from(end).expect("small"));
    }
}

#[test]
fn every_prefix_of_a_dump_keeps_the_elements_that_are_complete() {
    for end in 1..DUMP.trim_end().len() {
        let head = &DUMP[..end];
        let list = dumps([head.as_bytes()]).expect("a beginning is still a dump");
        // An element counts as soon as its value is complete: what follows repeats it.
        let complete = |part: &str| part.starts_with(r#" ["0x"#) && part.contains(']');
        let values = head.split("\"value\":").filter(|part| complete(part)).count();
        let elements = list.dumps.first().map_or(0.0, |dump| dump.elements);
        assert!(
            (elements - f64::from(u32::try_from(values).expect("few"))).abs() < 0.5,
            "prefix of {end} bytes: {elements}"
        );
        assert!(list.dumps.iter().all(|dump| !dump.complete), "prefix of {end} bytes");
    }
}

#[test]
fn every_byte_flipped_gives_a_value_or_an_error() {
    for sample in samples() {
        for at in 0..sample.len() {
            for flip in [0x01, 0x20, 0x80, 0xff, b'"' ^ sample.as_bytes()[at]] {
                let mut bytes = sample.as_bytes().to_vec();
                bytes[at] ^= flip;
                let _ = all(&[&bytes]);
            }
        }
    }
}

#[test]
fn a_record_behind_the_damage_is_found_again() {
    let record = |id: u8| {
        format!(r#"{{"id":{id},"type":"hash","bytes_key":4,"bytes_value":8,"max_entries":10}}"#)
    };
    let list = format!("[{}]", [0, 1, 2, 3, 4].map(record).join(","));
    let second = list.find("{\"id\":1").expect("a second map");
    let third = list.find("{\"id\":2").expect("a third map");
    for at in second + 1..third - 1 {
        let mut bytes = list.clone().into_bytes();
        bytes[at] = if bytes[at] == b'"' { b'x' } else { b'"' };
        let read = maps([&bytes[..]]).expect("still a list");
        for id in [0.0, 3.0, 4.0] {
            assert!(
                read.id.contains(&id),
                "byte {at} broken: map {id} is missing, {:?}",
                read.problems
            );
        }
        assert!(!read.problems.is_empty(), "byte {at} broken");
    }
}

#[test]
fn nesting_without_end_is_over_the_limit() {
    for (nest, code) in [
        ("[", ProblemCode::OverLimit),
        ("{\"a\":", ProblemCode::OverLimit),
        ("[{\"a\":[", ProblemCode::OverLimit),
        // Each is the beginning of another list.
        ("[{\"id\":[", ProblemCode::Truncated),
    ] {
        let text = format!("[{{\"id\":1,\"bytes_key\":4,\"dev\":{}", nest.repeat(100_000));
        let list = maps([text.as_bytes()]).expect("it begins as a list");
        assert!(list.problems.iter().any(|it| it.code == code), "{nest}");
    }
    assert!(programs(["[".repeat(1_000_000).as_bytes()]).is_ok());
}
