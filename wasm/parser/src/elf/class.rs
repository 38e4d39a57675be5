//! Where the fields of ELF's structures are: 64-bit files, and 32-bit ones, such as the modules of a 32-bit kernel.

use crate::error::ParseError;
use crate::reader::Reader;

/// `EI_CLASS`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// `ELFCLASS32`.
    Bits32,
    /// `ELFCLASS64`: all BPF objects.
    Bits64,
}

/// Places of fields, in bytes; `at` ones are as wide as an address.
#[derive(Debug)]
pub struct Places {
    /// `e_shoff`, `e_shentsize`, `e_shnum` and `e_shstrndx` of `Elf32_Ehdr` or `Elf64_Ehdr`.
    pub header: HeaderPlaces,
    /// The fields of `Elf32_Shdr` or `Elf64_Shdr` after `sh_flags`, which starts at 8.
    pub section: SectionPlaces,
    /// `ch_size` of `Elf32_Chdr` or `Elf64_Chdr`.
    pub inflated_size: usize,
    /// Bytes of `Elf32_Chdr` or `Elf64_Chdr`.
    pub compression_header: usize,
}

/// See [`Places::header`].
#[derive(Debug)]
pub struct HeaderPlaces {
    /// `e_shoff`.
    pub sections_at: usize,
    /// `e_shentsize`.
    pub section_bytes: usize,
    /// `e_shnum`.
    pub section_count: usize,
    /// `e_shstrndx`.
    pub names_section: usize,
}

/// See [`Places::section`].
#[derive(Debug)]
pub struct SectionPlaces {
    /// Bytes of the whole.
    pub bytes: u64,
    /// `sh_offset`.
    pub offset: usize,
    /// `sh_size`.
    pub size: usize,
    /// `sh_link`.
    pub link: usize,
    /// `sh_info`.
    pub info: usize,
}

const PLACES_32: Places = Places {
    header: HeaderPlaces {
        sections_at: 32,
        section_bytes: 46,
        section_count: 48,
        names_section: 50,
    },
    section: SectionPlaces { bytes: 40, offset: 16, size: 20, link: 24, info: 28 },
    inflated_size: 4,
    compression_header: 12,
};

const PLACES_64: Places = Places {
    header: HeaderPlaces {
        sections_at: 40,
        section_bytes: 58,
        section_count: 60,
        names_section: 62,
    },
    section: SectionPlaces { bytes: 64, offset: 24, size: 32, link: 40, info: 44 },
    inflated_size: 8,
    compression_header: 24,
};

impl Class {
    /// The class of a number of the ELF standard.
    #[must_use]
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            1 => Some(Self::Bits32),
            2 => Some(Self::Bits64),
            _ => None,
        }
    }

    /// Where its fields are.
    #[must_use]
    pub const fn places(self) -> &'static Places {
        match self {
            Self::Bits32 => &PLACES_32,
            Self::Bits64 => &PLACES_64,
        }
    }

    /// A number as wide as an address.
    #[must_use]
    pub fn word_at(self, reader: Reader<'_>, at: usize) -> Option<u64> {
        match self {
            Self::Bits32 => reader.u32_at(at).map(u64::from),
            Self::Bits64 => reader.u64_at(at),
        }
    }

    /// As [`Self::word_at`], where the number must be there.
    ///
    /// # Errors
    /// The input ends before the field is complete.
    pub fn need_word(self, reader: Reader<'_>, at: usize, field: &str) -> Result<u64, ParseError> {
        match self {
            Self::Bits32 => reader.need_u32(at, field).map(u64::from),
            Self::Bits64 => reader.need_u64(at, field),
        }
    }
}
