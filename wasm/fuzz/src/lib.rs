//! What each fuzz target does with its bytes, as functions: the corpus is also replayed by `cargo test` of the parser.

mod exercise;

pub use exercise::{btf_ext, btf_header, btf_types, dump_scanner, elf, object};
