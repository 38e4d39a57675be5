//! Bytes in, structures and problems out: the object parsers behind mapscope's WebAssembly component, and what they share with the scanners (`mapscope-scan`).
//!
//! Any bytes give a value or a [`ParseError`]: nothing here panics, loops without reading on, or
//! allocates more than the input's own length justifies (see [`limits`]).

pub mod btf;
pub mod elf;
pub mod error;
pub mod hash;
pub mod limits;
pub mod object;
pub mod problem;
pub mod reader;
pub mod texts;

pub use error::{ParseError, Place};
pub use problem::{Problem, ProblemCode, Problems};
