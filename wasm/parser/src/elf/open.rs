//! An open ELF file: its sections and symbols, and its relocations on demand.

use super::class::Class;
use super::header::Header;
use super::inflate::Inflated;
use super::relocation::Relocation;
use super::section::{Section, SectionType};
use super::symbol::{Symbol, SymbolBinding, SymbolType};
use crate::error::{ParseError, Place};
use crate::limits::MAX_NAME;
use crate::problem::{ProblemCode, Problems};
use crate::reader::{Reader, index};

/// Bytes of `Elf64_Sym`.
const SYMBOL_BYTES: usize = 24;

/// Bytes of `Elf64_Rel`.
const RELOCATION_BYTES: usize = 16;

/// `SHN_XINDEX`: the number stands in the first section header.
const EXTENDED: u16 = 0xffff;

/// Sections and symbols of a file.
#[derive(Debug)]
pub struct Elf<'a> {
    reader: Reader<'a>,
    inflated: &'a Inflated,
    /// The header.
    pub header: Header,
    /// All sections; the first is none.
    pub sections: Vec<Section<'a>>,
    /// All symbols; the first is none. 32-bit files, which are never BPF, are not asked for theirs.
    pub symbols: Vec<Symbol<'a>>,
}

impl<'a> Elf<'a> {
    /// Reads the section headers and the symbols; `inflated` has the bytes of the compressed sections.
    ///
    /// # Errors
    /// It is not ELF, or the section headers are not all there.
    pub fn parse(
        data: &'a [u8],
        inflated: &'a Inflated,
        problems: &mut Problems,
    ) -> Result<Self, ParseError> {
        let header = Header::parse(data)?;
        let reader = Reader::new(data, header.order, 0);
        let sections = read_sections(reader, &header)?;
        let mut elf = Self { reader, inflated, header, sections, symbols: Vec::new() };
        elf.symbols = elf.read_symbols(problems);
        Ok(elf)
    }

    /// The bytes of a section; of one of zeros none, of one that ends past the file what is there.
    #[must_use]
    pub fn bytes(&self, section: &Section<'_>) -> &'a [u8] {
        if section.section_type == SectionType::Zeros {
            return &[];
        }
        if section.is_compressed() {
            return self.inflated.section(section.number).map_or(&[], |(bytes, _)| bytes);
        }
        let rest = usize::try_from(section.offset).ok().and_then(|at| self.reader.data().get(at..));
        let rest = rest.unwrap_or_default();
        let size = usize::try_from(section.file_size).unwrap_or(usize::MAX);
        rest.get(..size).unwrap_or(rest)
    }

    /// A reader of a section's bytes.
    #[must_use]
    pub fn reader(&self, section: &Section<'_>) -> Reader<'a> {
        Reader::new(self.bytes(section), self.header.order, self.base_of(section))
    }

    /// Where a section's bytes start, for places in them: in the input, or in a span of their own when inflated.
    #[must_use]
    pub fn base_of(&self, section: &Section<'_>) -> u64 {
        let inflated = self.inflated.section(section.number).filter(|_| section.is_compressed());
        inflated.map_or(section.offset, |(_, base)| base)
    }

    /// Bytes of the whole file.
    #[must_use]
    pub fn file_length(&self) -> u64 {
        self.reader.length()
    }

    /// Bytes of the whole file, with those that were inflated.
    #[must_use]
    pub fn input_length(&self) -> u64 {
        self.reader.length().saturating_add(self.inflated.length())
    }

    /// The first section of this name.
    #[must_use]
    pub fn named(&self, name: &[u8]) -> Option<(usize, &Section<'a>)> {
        self.sections.iter().enumerate().find(|(_, section)| section.name == name)
    }

    /// The relocations in a section of relocations.
    pub fn relocations(&self, section: &Section<'_>) -> impl Iterator<Item = Relocation> {
        let reader = self.reader(section);
        (0..reader.data().len() / RELOCATION_BYTES).filter_map(move |number| {
            let at = number.checked_mul(RELOCATION_BYTES)?;
            let info = reader.u64_at(at.checked_add(8)?)?;
            Some(Relocation {
                offset: reader.u64_at(at)?,
                symbol: usize::try_from(info >> 32).ok()?,
                kind: u32::try_from(info & 0xffff_ffff).ok()?,
            })
        })
    }

    fn read_symbols(&self, problems: &mut Problems) -> Vec<Symbol<'a>> {
        let table = self.sections.iter().find(|of| of.section_type == SectionType::Symbols);
        let Some(table) = table.filter(|_| self.header.class == Class::Bits64) else {
            return Vec::new();
        };
        if let Some(length) = self.missing(table) {
            problems.add(
                ProblemCode::Truncated,
                table.offset.min(self.reader.length()),
                || table.path(),
                format!("the last {length} bytes of the symbols are past the end of the input"),
            );
        }
        let names = self.sections.get(index(table.link)).map_or(&[][..], |of| self.bytes(of));
        let names = Reader::new(names, self.header.order, 0);
        let reader = self.reader(table);
        let symbol = |number: usize| {
            let at = number.checked_mul(SYMBOL_BYTES)?;
            let mut symbol = Symbol {
                name: names.text_at(index(reader.u32_at(at)?), MAX_NAME).unwrap_or_default(),
                symbol_type: SymbolType::Other,
                binding: SymbolBinding::Other,
                is_hidden: false,
                section: None,
                value: reader.u64_at(at.checked_add(8)?)?,
                size: reader.u64_at(at.checked_add(16)?)?,
            };
            symbol.set_info(
                reader.u8_at(at.checked_add(4)?)?,
                reader.u8_at(at.checked_add(5)?)?,
                reader.u16_at(at.checked_add(6)?)?,
            );
            Some(symbol)
        };
        (0..reader.data().len() / SYMBOL_BYTES).filter_map(symbol).collect()
    }

    /// How many bytes of a section are past the end of the file; nothing when all are there.
    #[must_use]
    pub fn missing(&self, section: &Section<'_>) -> Option<u64> {
        if section.section_type == SectionType::Zeros || section.is_compressed() {
            return None;
        }
        let there = u64::try_from(self.bytes(section).len()).unwrap_or(u64::MAX);
        section.file_size.checked_sub(there).filter(|&length| length > 0)
    }
}

/// All section headers.
pub(super) fn read_sections<'a>(
    reader: Reader<'a>,
    header: &Header,
) -> Result<Vec<Section<'a>>, ParseError> {
    let (class, places) = (header.class, header.class.places());
    let shoff = u64::try_from(places.header.sections_at).unwrap_or(0);
    if header.sections_at == 0 {
        let place = Place::new(shoff, "e_shoff", "0: the file has no section headers");
        return Err(ParseError::Malformed(place));
    }
    let step = u64::from(header.section_bytes);
    if step < places.section.bytes {
        let at = u64::try_from(places.header.section_bytes).unwrap_or(0);
        let message = format!("{step} bytes, a section header has {}", places.section.bytes);
        return Err(ParseError::Malformed(Place::new(at, "e_shentsize", message)));
    }
    let at = |number: u64| header.sections_at.checked_add(number.checked_mul(step)?);
    let field = |number: u64, offset: usize| {
        usize::try_from(at(number)?).ok().and_then(|at| at.checked_add(offset))
    };
    let first = usize::try_from(header.sections_at).unwrap_or(usize::MAX);
    let count = match header.section_count {
        0 => class.need_word(reader, first.saturating_add(places.section.size), "e_shoff")?,
        count => count.into(),
    };
    let names_section = match header.names_section {
        EXTENDED => reader.need_u32(first.saturating_add(places.section.link), "e_shoff")?,
        number => number.into(),
    };
    let end = u64::try_from(reader.data().len()).unwrap_or(u64::MAX);
    let needed = at(count).unwrap_or(u64::MAX);
    if needed > end {
        let message = format!(
            "{count} section headers at {} end at byte {needed}, the input at {end}",
            header.sections_at
        );
        return Err(ParseError::Truncated(Place::new(shoff, "e_shoff", message)));
    }
    let u32_of = |number, offset| field(number, offset).and_then(|at| reader.u32_at(at));
    let word_of = |number, offset| field(number, offset).and_then(|at| class.word_at(reader, at));
    let names = {
        let number = u64::from(names_section);
        let start = word_of(number, places.section.offset).unwrap_or(0);
        let size = word_of(number, places.section.size).unwrap_or(0);
        let in_range = number < count;
        reader.slice(start, size).filter(|_| in_range).unwrap_or_default()
    };
    let names = Reader::new(names, header.order, 0);
    let section = |number: u64| {
        let file_size = word_of(number, places.section.size)?;
        let mut section = Section {
            number: usize::try_from(number).ok()?,
            name: names.text_at(index(u32_of(number, 0)?), MAX_NAME).unwrap_or_default(),
            section_type: SectionType::from_number(u32_of(number, 4)?),
            flags: word_of(number, 8)?,
            offset: word_of(number, places.section.offset)?,
            size: file_size,
            file_size,
            link: u32_of(number, places.section.link)?,
            info: u32_of(number, places.section.info)?,
        };
        if section.is_compressed() && section.section_type != SectionType::Zeros {
            section.size = inflated_size(reader, class, &section);
        }
        Some(section)
    };
    Ok((0..count).filter_map(section).collect())
}

/// What a compressed section says of its size; 0 when it is too short to say it, which is told when it is inflated.
fn inflated_size(reader: Reader<'_>, class: Class, section: &Section<'_>) -> u64 {
    let bytes = reader.slice(section.offset, section.file_size).unwrap_or_default();
    let head = Reader::new(bytes, reader.order(), section.offset);
    class.word_at(head, class.places().inflated_size).unwrap_or(0)
}
