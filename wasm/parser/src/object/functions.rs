//! The functions of an object, and which of them are programs (`bpf_object__add_programs()` of libbpf.c).

use crate::elf::{Elf, SectionType, SymbolBinding, SymbolType};
use crate::limits::MAX_OBJECT_ITEMS;
use crate::problem::{ProblemCode, Problems};

/// Bytes of an instruction; a 64-bit load takes two.
pub const INSTRUCTION_BYTES: u64 = 8;

/// The section of functions that are called from other sections.
const CALLED_SECTION: &[u8] = b".text";

/// The instructions of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Body {
    /// Number of the section.
    pub section: usize,
    /// Where in the section it starts, in bytes.
    pub start: u64,
    /// Where it ends.
    pub end: u64,
}

/// A name of a function.
#[derive(Debug, Clone, Copy)]
pub struct Function {
    /// Number of its symbol.
    pub symbol: usize,
    /// Number of its instructions.
    pub body: usize,
    /// Whether a loader loads it by itself.
    pub is_program: bool,
}

/// All functions.
#[derive(Debug, Default)]
pub struct Functions {
    /// By section and start; two names may share one.
    pub bodies: Vec<Body>,
    /// By section and start, then in the order of symbols.
    pub named: Vec<Function>,
}

impl Functions {
    /// Finds all functions in sections of instructions.
    #[must_use]
    pub fn find(elf: &Elf<'_>, problems: &mut Problems) -> Self {
        let mut spans: Vec<(Body, usize)> = Vec::new();
        let functions =
            elf.symbols.iter().enumerate().filter(|(_, of)| of.symbol_type == SymbolType::Function);
        for (symbol, of) in functions {
            let section = of.section.and_then(|number| Some((number, elf.sections.get(number)?)));
            let Some((number, section)) = section.filter(|(_, section)| {
                section.is_executable() && section.section_type == SectionType::Bytes
            }) else {
                continue;
            };
            let path = || format!("{}.{}", section.text_name(), of.text_name());
            let place = section.offset.saturating_add(of.value);
            let end = of.value.checked_add(of.size).filter(|&end| end <= section.size);
            let whole = |bytes: u64| bytes.is_multiple_of(INSTRUCTION_BYTES);
            let Some(end) = end.filter(|_| of.size > 0 && whole(of.size) && whole(of.value)) else {
                let message = format!(
                    "{} bytes at {} are not whole instructions of a section of {} bytes",
                    of.size, of.value, section.size
                );
                problems.add(ProblemCode::SkippedRecord, place, path, message);
                continue;
            };
            if spans.len() >= MAX_OBJECT_ITEMS {
                let message =
                    format!("more than {MAX_OBJECT_ITEMS} functions: this one is left out");
                problems.add(ProblemCode::OverLimit, place, path, message);
                continue;
            }
            spans.push((Body { section: number, start: of.value, end }, symbol));
        }
        spans.sort_unstable();
        Self::from_spans(&spans, elf)
    }

    fn from_spans(spans: &[(Body, usize)], elf: &Elf<'_>) -> Self {
        let mut functions = Self::default();
        // libbpf takes what is in `.text` for a program only when there is no other function.
        let alone = spans.len() == 1;
        for &(body, symbol) in spans {
            match functions.bodies.last_mut() {
                Some(last) if (last.section, last.start) == (body.section, body.start) => {
                    last.end = last.end.max(body.end);
                }
                _ => functions.bodies.push(body),
            }
            let is_called = !alone
                && elf.sections.get(body.section).is_some_and(|of| of.name == CALLED_SECTION);
            let is_static =
                elf.symbols.get(symbol).is_some_and(|of| of.binding == SymbolBinding::Local);
            functions.named.push(Function {
                symbol,
                body: functions.bodies.len().saturating_sub(1),
                is_program: !is_called && !is_static,
            });
        }
        functions
    }

    /// The function that has a place in it.
    #[must_use]
    pub fn around(&self, section: usize, offset: u64) -> Option<usize> {
        let after = self.bodies.partition_point(|of| (of.section, of.start) <= (section, offset));
        let number = after.checked_sub(1)?;
        let body = self.bodies.get(number)?;
        (body.section == section && offset < body.end).then_some(number)
    }
}
