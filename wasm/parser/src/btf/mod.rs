//! BTF, the type format of BPF: `struct btf_header` and `struct btf_type` in include/uapi/linux/btf.h.
//!
//! Opening one only notes where each type starts; names, members and sizes are read when asked for.

#[cfg(test)]
mod build;
mod ext;
mod find;
mod header;
mod member;
mod name_table;
mod open;
mod size;
#[cfg(test)]
mod tests;
mod types;

pub use ext::{BtfExt, CoreRelocation, FunctionInfo, LineInfo};
pub use header::Header;
pub use member::{Enumerator, Member, Parameter, SectionVariable};
pub use name_table::NameTable;
pub use open::Btf;
pub use types::{Array, Integer, Kind, StringOffset, Type, TypeId};
