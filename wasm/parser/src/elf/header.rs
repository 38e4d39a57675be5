//! The ELF header: `Elf64_Ehdr` and `Elf32_Ehdr` in include/uapi/linux/elf.h.

use super::class::Class;
use crate::error::{ParseError, Place};
use crate::reader::{ByteOrder, Reader};

/// `EM_BPF`.
pub const MACHINE_BPF: u16 = 247;

/// `EM_NONE`, which LLVM before 3.9 wrote for BPF.
pub const MACHINE_NONE: u16 = 0;

/// `ET_REL`: the only type that loaders take.
pub const RELOCATABLE: u16 = 1;

/// The fields that are needed to find sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Where fields are, from `EI_CLASS`.
    pub class: Class,
    /// Order of the bytes of all numbers, from `EI_DATA`.
    pub order: ByteOrder,
    /// `e_type`.
    pub file_type: u16,
    /// `e_machine`.
    pub machine: u16,
    /// `e_shoff`: where the section headers start.
    pub sections_at: u64,
    /// `e_shentsize`: bytes of one.
    pub section_bytes: u16,
    /// `e_shnum`: how many; 0 when there are too many to say it here.
    pub section_count: u16,
    /// `e_shstrndx`: which section has their names.
    pub names_section: u16,
}

impl Header {
    /// Reads the header of an ELF file; one of BPF must be 64-bit.
    ///
    /// # Errors
    /// It is not ELF, is BPF of 32 bits, or is cut.
    pub fn parse(data: &[u8]) -> Result<Self, ParseError> {
        let wrong = |at: u64, field: &str, message: String| {
            Err(ParseError::WrongFormat(Place::new(at, field, message)))
        };
        let magic = data.get(..4).unwrap_or(data);
        if !b"\x7fELF".starts_with(magic) || magic.is_empty() {
            let message = format!("{} is not ELF's 7f 45 4c 46", hex(magic));
            return wrong(0, "e_ident.EI_MAG", message);
        }
        let [_, _, _, _, class, encoding, ..] = *data else {
            let place = Place::new(0, "e_ident", "the input ends inside it");
            return Err(ParseError::Truncated(place));
        };
        let Some(class) = Class::from_number(class) else {
            let message = format!("class {class} is neither 1, 32-bit, nor 2, 64-bit");
            return wrong(4, "e_ident.EI_CLASS", message);
        };
        let order = match encoding {
            1 => ByteOrder::Little,
            2 => ByteOrder::Big,
            _ => {
                let message = format!("byte order {encoding} is neither 1, little, nor 2, big");
                return wrong(5, "e_ident.EI_DATA", message);
            }
        };
        let reader = Reader::new(data, order, 0);
        let file_type = reader.need_u16(16, "e_type")?;
        let machine = reader.need_u16(18, "e_machine")?;
        if class == Class::Bits32 && matches!(machine, MACHINE_BPF | MACHINE_NONE) {
            let message = "class 1 is 32-bit; BPF objects are 64-bit".to_owned();
            return wrong(4, "e_ident.EI_CLASS", message);
        }
        let places = &class.places().header;
        Ok(Self {
            class,
            order,
            file_type,
            machine,
            sections_at: class.need_word(reader, places.sections_at, "e_shoff")?,
            section_bytes: reader.need_u16(places.section_bytes, "e_shentsize")?,
            section_count: reader.need_u16(places.section_count, "e_shnum")?,
            names_section: reader.need_u16(places.names_section, "e_shstrndx")?,
        })
    }
}

fn hex(bytes: &[u8]) -> String {
    let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    if digits.is_empty() { "an empty input".to_owned() } else { digits.join(" ") }
}
