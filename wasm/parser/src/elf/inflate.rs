//! Compressed sections: `Elf64_Chdr` and `Elf32_Chdr` of the ELF standard, as `llvm-objcopy --compress-sections` writes them.

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::{
    TINFL_FLAG_PARSE_ZLIB_HEADER, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
};
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use super::class::Class;
use super::header::Header;
use super::section::{Section, SectionType};
use crate::limits::MAX_INFLATED;
use crate::problem::{ProblemCode, Problems};
use crate::reader::Reader;

/// `ELFCOMPRESS_ZLIB`.
const ZLIB: u32 = 1;

/// `ELFCOMPRESS_ZSTD`.
const ZSTD: u32 = 2;

/// Bytes that one byte of deflate can stand for, at most: 258 of two bits.
const MOST_FOR_A_BYTE: u64 = 1032;

/// Places in inflated bytes start here in problems, one such span for each section, until [`Inflated::settle`].
const SPAN_BITS: u32 = 40;

/// What was compressed in a file, as it was before.
#[derive(Debug, Default)]
pub struct Inflated {
    sections: Vec<(usize, Vec<u8>)>,
}

impl Inflated {
    /// Of a file without compressed sections.
    pub const NONE: Self = Self { sections: Vec::new() };

    /// Inflates every compressed section that it can, and tells of the others.
    #[must_use]
    pub fn of(data: &[u8], problems: &mut Problems) -> Self {
        let mut found = Self::default();
        let Ok(header) = Header::parse(data) else { return found };
        let reader = Reader::new(data, header.order, 0);
        let Ok(sections) = super::open::read_sections(reader, &header) else { return found };
        let mut room = MAX_INFLATED;
        for (number, section) in sections.iter().enumerate() {
            if !section.is_compressed() || section.section_type == SectionType::Zeros {
                continue;
            }
            match inflate(reader, header.class, section, room) {
                Ok(bytes) => {
                    room = room.saturating_sub(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
                    found.sections.push((number, bytes));
                }
                Err((code, message)) => {
                    let path = || section.path();
                    problems.add(code, section.offset.min(reader.length()), path, message);
                }
            }
        }
        found
    }

    /// True when the file has no compressed section that could be read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }

    /// Bytes of all of them together.
    #[must_use]
    pub fn length(&self) -> u64 {
        let lengths = self.sections.iter().map(|(_, bytes)| bytes.len());
        u64::try_from(lengths.sum::<usize>()).unwrap_or(u64::MAX)
    }

    /// The bytes of a section, with where they start for problems.
    #[must_use]
    pub fn section(&self, number: usize) -> Option<(&[u8], u64)> {
        let at = self.sections.binary_search_by_key(&number, |&(number, _)| number).ok()?;
        let (_, bytes) = self.sections.get(at)?;
        let number = u64::try_from(number).ok()?.checked_add(1)?;
        Some((bytes, number.checked_mul(1 << SPAN_BITS)?))
    }

    /// Which section a place of [`Self::section`] is in, and where in its inflated bytes.
    #[must_use]
    pub fn settle(place: u64) -> Option<(usize, u64)> {
        let number = usize::try_from(place >> SPAN_BITS).ok()?.checked_sub(1)?;
        Some((number, place & ((1 << SPAN_BITS) - 1)))
    }
}

fn inflate(
    reader: Reader<'_>,
    class: Class,
    section: &Section<'_>,
    room: u64,
) -> Result<Vec<u8>, (ProblemCode, String)> {
    let bytes = reader.slice(section.offset, section.file_size);
    let bytes = bytes.ok_or_else(|| {
        let message = "the compressed section ends past the end of the input".to_owned();
        (ProblemCode::Truncated, message)
    })?;
    let head = Reader::new(bytes, reader.order(), section.offset);
    let (Some(kind), Some(body)) = (head.u32_at(0), bytes.get(class.places().compression_header..))
    else {
        let message = format!("{} bytes have no room for its header", bytes.len());
        return Err((ProblemCode::Truncated, message));
    };
    let size = section.size;
    if kind != ZLIB {
        let name = if kind == ZSTD { "zstd".to_owned() } else { format!("type {kind}") };
        let message = format!(
            "compressed with {name}, and only zlib is read: \
             decompress it with `llvm-objcopy --compress-sections='*=none' IN.o OUT.o`"
        );
        return Err((ProblemCode::SkippedRecord, message));
    }
    let compressed = u64::try_from(body.len()).unwrap_or(u64::MAX);
    if size > compressed.saturating_mul(MOST_FOR_A_BYTE) {
        let message = format!("ch_size says {size} bytes, which {compressed} bytes cannot hold");
        return Err((ProblemCode::Malformed, message));
    }
    if size > room {
        let message =
            format!("ch_size says {size} bytes, with those before more than {MAX_INFLATED}");
        return Err((ProblemCode::OverLimit, message));
    }
    let length = usize::try_from(size).unwrap_or(usize::MAX);
    let mut output = vec![0; length];
    let flags = TINFL_FLAG_PARSE_ZLIB_HEADER | TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let mut state = Box::<DecompressorOxide>::default();
    let (status, read, written) = decompress(&mut state, body, &mut output, 0, flags);
    if status != TINFLStatus::Done || written != length {
        let message = format!(
            "the zlib data breaks at its byte {read}: {written} of {size} bytes were inflated"
        );
        return Err((ProblemCode::Malformed, message));
    }
    Ok(output)
}
