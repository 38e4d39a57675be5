//! `.BTF.ext`: which source line each instruction comes from (libbpf's `struct btf_ext_header`, `struct bpf_line_info`).

use super::types::{StringOffset, TypeId};
use crate::error::{ParseError, Place};
use crate::reader::{ByteOrder, Reader, index};

/// Bytes of the header up to `line_info_len`, which every writer has.
const SHORTEST: u32 = 24;

/// Bytes of the header with `core_relo_off` and `core_relo_len`.
const WITH_CORE: u32 = 32;

/// The records of `.BTF.ext`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BtfExt {
    /// The type of each function.
    pub functions: Vec<FunctionInfo>,
    /// The source line of instructions.
    pub lines: Vec<LineInfo>,
    /// What a loader adjusts to the running kernel.
    pub core_relocations: Vec<CoreRelocation>,
}

/// `struct bpf_func_info` with the section it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FunctionInfo {
    /// Name of the ELF section.
    pub section: StringOffset,
    /// Where in the section the function starts, in bytes.
    pub offset: u32,
    /// A `BTF_KIND_FUNC`.
    pub type_id: TypeId,
}

/// `struct bpf_line_info` with the section it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineInfo {
    /// Name of the ELF section.
    pub section: StringOffset,
    /// Where in the section the instruction is, in bytes.
    pub offset: u32,
    /// Path of the source file as the compiler was given it.
    pub file: StringOffset,
    /// The line itself.
    pub text: StringOffset,
    /// Its number, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

/// `struct bpf_core_relo` with the section it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoreRelocation {
    /// Name of the ELF section.
    pub section: StringOffset,
    /// Where in the section the instruction is, in bytes.
    pub offset: u32,
    /// The type that is accessed.
    pub type_id: TypeId,
    /// Which member: indices with `:` between them.
    pub access: StringOffset,
    /// `enum bpf_core_relo_kind`.
    pub kind: u32,
}

impl BtfExt {
    /// Reads the section, which starts `base` bytes into the input. Records after a broken one are left out.
    ///
    /// # Errors
    /// Its header is not that of `.BTF.ext` in this byte order, or is cut.
    pub fn parse(data: &[u8], order: ByteOrder, base: u64) -> Result<Self, ParseError> {
        let reader = Reader::new(data, order, base);
        let magic = reader.need_u16(0, "btf_ext_header.magic")?;
        if magic != 0xeb9f {
            let message = format!("{magic:#06x} is not 0xeb9f");
            return Err(ParseError::WrongFormat(Place::new(base, "btf_ext_header.magic", message)));
        }
        let length = reader.need_u32(4, "btf_ext_header.hdr_len")?;
        if length < SHORTEST {
            let message = format!("{length} bytes, a header has at least {SHORTEST}");
            let place = Place::new(reader.place_of(4), "btf_ext_header.hdr_len", message);
            return Err(ParseError::Malformed(place));
        }
        let part = |at: usize, names: [&str; 2]| {
            let offset = reader.need_u32(at, names[0])?;
            let bytes = reader.need_u32(at.saturating_add(4), names[1])?;
            let start = u64::from(length).saturating_add(offset.into());
            let rest = data.get(usize::try_from(start).unwrap_or(usize::MAX)..).unwrap_or_default();
            let rest = rest.get(..index(bytes)).unwrap_or(rest);
            Ok(Reader::new(rest, order, base.saturating_add(start)))
        };
        let functions = part(8, ["btf_ext_header.func_info_off", "btf_ext_header.func_info_len"])?;
        let lines = part(16, ["btf_ext_header.line_info_off", "btf_ext_header.line_info_len"])?;
        let core = if length >= WITH_CORE {
            part(24, ["btf_ext_header.core_relo_off", "btf_ext_header.core_relo_len"])?
        } else {
            Reader::new(&[], order, base)
        };
        Ok(Self {
            functions: records(functions, |section, [offset, type_id, _, _]| FunctionInfo {
                section,
                offset,
                type_id: TypeId(type_id),
            }),
            lines: records(lines, |section, [offset, file, text, column]| LineInfo {
                section,
                offset,
                file: StringOffset(file),
                text: StringOffset(text),
                line: column >> 10,
                column: column & 0x3ff,
            }),
            core_relocations: records(core, |section, [offset, type_id, access, kind]| {
                CoreRelocation {
                    section,
                    offset,
                    type_id: TypeId(type_id),
                    access: StringOffset(access),
                    kind,
                }
            }),
        })
    }
}

/// All records of a part: the size of one, then for each section its name, a count, and that many.
fn records<T>(part: Reader<'_>, make: impl Fn(StringOffset, [u32; 4]) -> T) -> Vec<T> {
    let mut found = Vec::new();
    let size = index(part.u32_at(0).unwrap_or(0));
    let end = part.data().len();
    let mut at = 4_usize;
    while size >= 8 && size.is_multiple_of(4) && at < end {
        let (Some(section), Some(count)) = (part.u32_at(at), part.u32_at(at.saturating_add(4)))
        else {
            break;
        };
        at = at.saturating_add(8);
        for _ in 0..count {
            let next = at.saturating_add(size);
            if next > end {
                return found;
            }
            // A record has two or four words that are known; longer ones of later versions are read as far.
            let word = |number: usize| {
                let place = at.saturating_add(number);
                if place < next { part.u32_at(place).unwrap_or(0) } else { 0 }
            };
            found.push(make(StringOffset(section), [word(0), word(4), word(8), word(12)]));
            at = next;
        }
    }
    found
}
