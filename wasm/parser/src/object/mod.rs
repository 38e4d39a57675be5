//! BPF objects: what maps and programs an ELF file, or raw BTF, declares.

mod attributes;
mod data_section;
mod definition;
mod found;
mod functions;
mod kconfig;
mod kernel_name;
mod legacy_section;
mod map_section;
mod open;
mod program_type;
mod programs;
mod slots;
mod struct_ops;
mod tables;
mod uses;

pub use definition::{
    Definition, Format, MapDef, Object, Origin, ProgramDef, Slot, SourceLine, StructOps,
};
pub use open::{Types, open_types, parse, sniff};
