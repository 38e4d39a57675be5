//! `.BTF.ext`: which source line each instruction comes from (libbpf's `struct btf_ext_header`, `struct bpf_line_info`).

use super::types::{StringOffset, TypeId};
use crate::error::{ParseError, Place};
use crate::problem::{ProblemCode, Problems};
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
    /// Reads the section, which starts `base` bytes into the input. Records after a broken one are left out, and told.
    ///
    /// # Errors
    /// Its header is not that of `.BTF.ext` in this byte order, or is cut.
    pub fn parse(
        data: &[u8],
        order: ByteOrder,
        base: u64,
        problems: &mut Problems,
    ) -> Result<Self, ParseError> {
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
        let functions = PART_OF_FUNCTIONS.find(reader, length, problems)?;
        let lines = PART_OF_LINES.find(reader, length, problems)?;
        let core = if length >= WITH_CORE {
            PART_OF_CORE.find(reader, length, problems)?
        } else {
            Reader::new(&[], order, base)
        };
        Ok(Self {
            functions: PART_OF_FUNCTIONS.records(
                functions,
                problems,
                |section, [offset, type_id, _, _]| FunctionInfo {
                    section,
                    offset,
                    type_id: TypeId(type_id),
                },
            ),
            lines: PART_OF_LINES.records(
                lines,
                problems,
                |section, [offset, file, text, column]| LineInfo {
                    section,
                    offset,
                    file: StringOffset(file),
                    text: StringOffset(text),
                    line: column >> 10,
                    column: column & 0x3ff,
                },
            ),
            core_relocations: PART_OF_CORE.records(
                core,
                problems,
                |section, [offset, type_id, access, kind]| CoreRelocation {
                    section,
                    offset,
                    type_id: TypeId(type_id),
                    access: StringOffset(access),
                    kind,
                },
            ),
        })
    }
}

/// One kind of records.
struct Part {
    /// Where in the header its offset stands; its length follows.
    at: usize,
    /// What libbpf calls it.
    name: &'static str,
    /// Names of the header's fields.
    fields: [&'static str; 2],
    /// Bytes of a record as it first was: later ones are longer.
    shortest: usize,
}

const PART_OF_FUNCTIONS: Part = Part {
    at: 8,
    name: "func_info",
    fields: ["btf_ext_header.func_info_off", "btf_ext_header.func_info_len"],
    shortest: 8,
};

const PART_OF_LINES: Part = Part {
    at: 16,
    name: "line_info",
    fields: ["btf_ext_header.line_info_off", "btf_ext_header.line_info_len"],
    shortest: 16,
};

const PART_OF_CORE: Part = Part {
    at: 24,
    name: "core_relo",
    fields: ["btf_ext_header.core_relo_off", "btf_ext_header.core_relo_len"],
    shortest: 16,
};

impl Part {
    /// Its bytes, as far as they are there.
    fn find<'a>(
        &self,
        header: Reader<'a>,
        header_length: u32,
        problems: &mut Problems,
    ) -> Result<Reader<'a>, ParseError> {
        let [offset_field, length_field] = self.fields;
        let offset = header.need_u32(self.at, offset_field)?;
        let length = header.need_u32(self.at.saturating_add(4), length_field)?;
        let start = u64::from(header_length).saturating_add(offset.into());
        let first = usize::try_from(start).unwrap_or(usize::MAX);
        let rest = header.data().get(first..).unwrap_or_default();
        let bytes = rest.get(..index(length)).unwrap_or(rest);
        if bytes.len() < index(length) {
            let message = format!(
                "{length} bytes at {offset} end past the section, which has {} of them",
                bytes.len()
            );
            let place = header.place_of(self.at.saturating_add(4));
            problems.add(ProblemCode::Truncated, place, || length_field.to_owned(), message);
        }
        let first = first.min(header.data().len());
        Ok(Reader::new(bytes, header.order(), header.place_of(first)))
    }

    /// All records: the size of one, then for each section its name, a count, and that many.
    fn records<T>(
        &self,
        part: Reader<'_>,
        problems: &mut Problems,
        make: impl Fn(StringOffset, [u32; 4]) -> T,
    ) -> Vec<T> {
        let mut found = Vec::new();
        let end = part.data().len();
        if end == 0 {
            return found;
        }
        let size = index(part.u32_at(0).unwrap_or(0));
        if size < self.shortest || !size.is_multiple_of(4) {
            let message =
                format!("{size} bytes for a record, which has {} or more, in fours", self.shortest);
            let path = || format!("{}.rec_size", self.name);
            problems.add(ProblemCode::Malformed, part.place_of(0), path, message);
            return found;
        }
        let mut at = 4_usize;
        while at < end {
            let (Some(section), Some(count)) = (part.u32_at(at), part.u32_at(at.saturating_add(4)))
            else {
                self.tell_cut(part, at, problems);
                break;
            };
            let records_at = at.saturating_add(8);
            at = records_at;
            for _ in 0..count {
                let next = at.saturating_add(size);
                if next > end {
                    self.tell_cut(part, records_at.saturating_sub(4), problems);
                    return found;
                }
                // What later versions add to a record is not read.
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

    fn tell_cut(&self, part: Reader<'_>, at: usize, problems: &mut Problems) {
        let message = format!("the records end at byte {}", part.place_of(part.data().len()));
        let path = || format!("{}.num_info", self.name);
        problems.add(ProblemCode::Truncated, part.place_of(at), path, message);
    }
}
