//! One ELF section: `Elf64_Shdr` or `Elf32_Shdr` in include/uapi/linux/elf.h.

use std::borrow::Cow;

/// `sh_type`, where it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionType {
    /// `SHT_PROGBITS`: bytes of the program.
    Bytes,
    /// `SHT_SYMTAB`: symbols.
    Symbols,
    /// `SHT_STRTAB`: names.
    Names,
    /// `SHT_RELA`: relocations with their addend, which BPF does not have.
    RelocationsWithAddend,
    /// `SHT_NOBITS`: zeros that take no room in the file.
    Zeros,
    /// `SHT_REL`: relocations.
    Relocations,
    /// Anything else.
    Other(u32),
}

impl SectionType {
    /// The type of a number of the ELF standard.
    #[must_use]
    pub const fn from_number(number: u32) -> Self {
        match number {
            1 => Self::Bytes,
            2 => Self::Symbols,
            3 => Self::Names,
            4 => Self::RelocationsWithAddend,
            8 => Self::Zeros,
            9 => Self::Relocations,
            other => Self::Other(other),
        }
    }
}

/// `SHF_EXECINSTR`.
const EXECUTABLE: u64 = 0x4;

/// `SHF_COMPRESSED`.
const COMPRESSED: u64 = 0x800;

/// One section.
#[derive(Debug, Clone, Copy)]
pub struct Section<'a> {
    /// Its place among the sections.
    pub number: usize,
    /// `sh_name`, looked up.
    pub name: &'a [u8],
    /// `sh_type`.
    pub section_type: SectionType,
    /// `sh_flags`.
    pub flags: u64,
    /// `sh_offset`.
    pub offset: u64,
    /// Bytes that it has when it is loaded: `sh_size`, of a compressed one what it is inflated to (`ch_size`).
    pub size: u64,
    /// `sh_size`: bytes that it takes in the file.
    pub file_size: u64,
    /// `sh_link`: the section with the names of symbols, or the symbols of relocations.
    pub link: u32,
    /// `sh_info`: the section that relocations are of.
    pub info: u32,
}

impl Section<'_> {
    /// The name as text.
    #[must_use]
    pub fn text_name(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.name)
    }

    /// What a problem says of where it is: the name, or the number of a section without one.
    #[must_use]
    pub fn path(&self) -> String {
        if self.name.is_empty() {
            format!("section[{}]", self.number)
        } else {
            self.text_name().into_owned()
        }
    }

    /// Whether it holds instructions.
    #[must_use]
    pub const fn is_executable(&self) -> bool {
        self.flags & EXECUTABLE != 0
    }

    /// Whether its bytes are compressed.
    #[must_use]
    pub const fn is_compressed(&self) -> bool {
        self.flags & COMPRESSED != 0
    }

    /// Whether it is called `name`, or `name` with more after a point.
    #[must_use]
    pub fn is_named_like(&self, name: &[u8]) -> bool {
        self.name.strip_prefix(name).is_some_and(|rest| matches!(rest, [] | [b'.', ..]))
    }
}
