//! ELF objects as clang writes them for BPF: sections, symbols, relocations; of other machines' files the sections.

mod class;
mod header;
mod inflate;
mod open;
mod relocation;
mod section;
mod symbol;

pub use header::{Header, MACHINE_BPF, MACHINE_NONE, RELOCATABLE};
pub use inflate::Inflated;
pub use open::Elf;
pub use relocation::{ADDRESS, CALL, Relocation};
pub use section::{Section, SectionType};
pub use symbol::{Symbol, SymbolBinding, SymbolType};
