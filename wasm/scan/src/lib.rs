//! bpftool's JSON, in chunks, with the ways in which it is not quite JSON.
//!
//! A crate of its own because it is optimised for speed, and everything around it for size.

mod bytes;
mod counts;
mod cpu_spread;
mod distinct;
mod document;
mod dump_sink;
mod element;
mod elements;
mod fields;
mod gap;
mod hex_block;
mod hex_run;
mod holders;
mod keys;
mod landmark;
mod lengths;
mod lexer;
mod likeness;
mod line_break;
mod map_dump;
mod map_list;
mod member;
mod missing;
mod number;
mod program_list;
mod radix;
mod recent;
mod records;
mod recovery;
mod sampler;
mod sink;
mod site;
mod skip;
mod text;
mod tool_errors;
mod walker;

pub use holders::Holders;
pub use map_dump::{Dump, DumpList, MapDumpScanner};
pub use map_list::{MapList, MapListScanner};
pub use program_list::{ProgramList, ProgramListScanner};
pub use sampler::Sampled;
