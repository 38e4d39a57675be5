//! Every file of the committed fuzz corpus, and every fixture, goes through its fuzz target once: what fuzzing found
//! stays found without the fuzzer.

#[path = "../../fuzz/src/exercise.rs"]
#[allow(clippy::arithmetic_side_effects, reason = "a fuzz target may fail loudly")]
mod exercise;

use std::fs;
use std::path::PathBuf;

/// Runs a target over the files of its corpus; a folder without any fails the test.
fn replay(folder: &str, target: fn(&[u8])) {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../")).join(folder);
    let entries = fs::read_dir(&path);
    assert!(entries.is_ok(), "{}", path.display());
    let mut files = 0_u32;
    for entry in entries.into_iter().flatten().flatten() {
        if let Ok(bytes) = fs::read(entry.path()) {
            target(&bytes);
            files = files.saturating_add(1);
        }
    }
    assert!(files > 2, "{folder}");
}

#[test]
fn elf() {
    replay("fuzz/corpus/elf", exercise::elf);
    replay("../fixtures/bpf-object", exercise::elf);
}

#[test]
fn btf_header() {
    replay("fuzz/corpus/btf_header", exercise::btf_header);
}

#[test]
fn btf_types() {
    replay("fuzz/corpus/btf_types", exercise::btf_types);
}

#[test]
fn btf_ext() {
    replay("fuzz/corpus/btf_ext", exercise::btf_ext);
}

#[test]
fn object() {
    replay("fuzz/corpus/object", exercise::object);
    replay("../fixtures/bpf-object", exercise::object);
}

#[test]
fn dump_scanner() {
    replay("fuzz/corpus/dump_scanner", exercise::dump_scanner);
    replay("../fixtures/bpftool-map-dump", exercise::dump_scanner);
}
