//! Which maps each function refers to and which functions it calls, from relocations and call instructions.

use super::found::{ARENA_SECTION, FoundMaps};
use super::functions::{Functions, INSTRUCTION_BYTES};
use crate::elf::{ADDRESS, CALL, Elf, Relocation, Section, SectionType, Symbol, SymbolType};
use crate::limits::MAX_CALL_STEPS;
use crate::problem::{ProblemCode, Problems};
use crate::reader::{ByteOrder, Reader};

/// `BPF_JMP | BPF_CALL`.
const CALL_INSTRUCTION: u8 = 0x85;

/// `BPF_LD | BPF_IMM | BPF_DW`.
const LOAD_ADDRESS: u8 = 0x18;

/// `BPF_PSEUDO_CALL`: the call is of a function of the object, not of a helper.
const FUNCTION_CALL: u8 = 1;

/// `BPF_PSEUDO_FUNC`: the address is of a function of the object.
const FUNCTION_ADDRESS: u8 = 4;

/// The section of maps that are declared with types.
const MAPS: &[u8] = super::map_section::NAME.as_bytes();

/// What one function refers to.
#[derive(Debug, Clone, Default)]
struct Uses {
    maps: Vec<u32>,
    functions: Vec<usize>,
}

/// What all functions refer to.
#[derive(Debug)]
pub struct AllUses {
    /// One for each body.
    by_body: Vec<Uses>,
    steps: usize,
}

/// What a program has, with all functions it calls.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Rising, each once.
    pub maps: Vec<u32>,
    /// Of its own function and all it calls, each once.
    pub instructions: u64,
}

impl AllUses {
    /// Reads all relocations and call instructions.
    #[must_use]
    pub fn collect(
        elf: &Elf<'_>,
        functions: &Functions,
        maps: &FoundMaps,
        problems: &mut Problems,
    ) -> Self {
        let by_body = vec![Uses::default(); functions.bodies.len()];
        let mut all = Self { by_body, steps: MAX_CALL_STEPS };
        let mut relocated = Vec::new();
        // Sections that do not overlap cannot have more bytes than there are sections' bytes in the file.
        let mut room = elf.input_length();
        for section in &elf.sections {
            if section.section_type != SectionType::Relocations || !is_code(elf, section.info) {
                continue;
            }
            if !take_room(&mut room, elf, section, problems) {
                break;
            }
            let Ok(target) = usize::try_from(section.info) else { continue };
            for relocation in elf.relocations(section) {
                if relocation.kind == CALL {
                    relocated.push((target, relocation.offset));
                }
                all.follow(elf, target, relocation, functions, maps, problems);
            }
        }
        relocated.sort_unstable();
        let mut room = elf.input_length();
        for (number, section) in elf.sections.iter().enumerate() {
            if section.section_type == SectionType::Bytes && section.is_executable() {
                if !take_room(&mut room, elf, section, problems) {
                    break;
                }
                all.scan(number, elf.reader(section), functions, &relocated);
            }
        }
        for uses in &mut all.by_body {
            uses.maps.sort_unstable();
            uses.maps.dedup();
            uses.functions.sort_unstable();
            uses.functions.dedup();
        }
        all
    }

    /// Notes what one relocation refers to.
    fn follow(
        &mut self,
        elf: &Elf<'_>,
        section: usize,
        relocation: Relocation,
        functions: &Functions,
        maps: &FoundMaps,
        problems: &mut Problems,
    ) {
        let Some(body) = functions.around(section, relocation.offset) else { return };
        let Some(of) = elf.sections.get(section) else { return };
        let place = of.offset.saturating_add(relocation.offset);
        let path = || of.path();
        let Some(symbol) = elf.symbols.get(relocation.symbol) else {
            let message =
                format!("a relocation is of symbol {}, which is not there", relocation.symbol);
            problems.add(ProblemCode::Malformed, place, path, message);
            return;
        };
        let at = usize::try_from(relocation.offset).unwrap_or(usize::MAX);
        let addend = elf.reader(of).i32_at(at.saturating_add(4)).unwrap_or(0);
        let found = target_of(elf, symbol, relocation.kind, addend, functions, maps);
        let Some(uses) = self.by_body.get_mut(body) else { return };
        match found {
            Target::Map(map) => uses.maps.push(map),
            Target::Function(function) => uses.functions.push(function),
            Target::Elsewhere => {}
            Target::Unknown => {
                let message = format!(
                    "a relocation refers to `{}` at {}, which is neither a map nor a function",
                    symbol.text_name(),
                    symbol.value
                );
                problems.add(ProblemCode::Malformed, place, path, message);
            }
        }
    }

    /// Notes the calls within a section that need no relocation.
    fn scan(
        &mut self,
        section: usize,
        code: Reader<'_>,
        functions: &Functions,
        relocated: &[(usize, u64)],
    ) {
        for (at, instruction) in (0_u64..).step_by(8).zip(code.data().chunks_exact(8)) {
            let &[opcode, registers, ..] = instruction else { continue };
            let source = match code.order() {
                ByteOrder::Little => registers >> 4,
                ByteOrder::Big => registers & 0xf,
            };
            let is_call = opcode == CALL_INSTRUCTION && source == FUNCTION_CALL;
            let is_address = opcode == LOAD_ADDRESS && source == FUNCTION_ADDRESS;
            if !(is_call || is_address) || relocated.binary_search(&(section, at)).is_ok() {
                continue;
            }
            let number = Reader::new(instruction, code.order(), 0).i32_at(4).unwrap_or(0);
            let Some(target) = ahead(at, number) else { continue };
            let from = functions.around(section, at);
            let to = functions.around(section, target);
            if let Some((from, to)) = from.zip(to)
                && let Some(uses) = self.by_body.get_mut(from)
            {
                uses.functions.push(to);
            }
        }
    }

    /// All that a function has with what it calls; nothing when following it takes too long.
    #[must_use]
    pub fn reach(&mut self, body: usize, functions: &Functions) -> Option<Reach> {
        let mut seen = std::collections::BTreeSet::from([body]);
        let mut open = vec![body];
        let mut maps = std::collections::BTreeSet::new();
        let mut bytes = 0_u64;
        while let Some(next) = open.pop() {
            let (Some(uses), Some(body)) = (self.by_body.get(next), functions.bodies.get(next))
            else {
                continue;
            };
            let work = uses.maps.len().saturating_add(uses.functions.len()).saturating_add(1);
            self.steps = self.steps.checked_sub(work)?;
            bytes = bytes.saturating_add(body.end.saturating_sub(body.start));
            maps.extend(uses.maps.iter().copied());
            open.extend(uses.functions.iter().copied().filter(|&function| seen.insert(function)));
        }
        Some(Reach {
            maps: maps.into_iter().collect(),
            instructions: bytes.div_euclid(INSTRUCTION_BYTES),
        })
    }

    /// The maps of a function alone.
    #[must_use]
    pub fn own_maps(&self, body: usize) -> Vec<u32> {
        self.by_body.get(body).map(|uses| uses.maps.clone()).unwrap_or_default()
    }
}

/// What a relocation refers to.
enum Target {
    Map(u32),
    Function(usize),
    /// Something of the kernel's.
    Elsewhere,
    Unknown,
}

fn target_of(
    elf: &Elf<'_>,
    symbol: &Symbol<'_>,
    kind: u32,
    addend: i32,
    functions: &Functions,
    maps: &FoundMaps,
) -> Target {
    if !matches!(kind, ADDRESS | CALL) {
        return Target::Elsewhere;
    }
    let Some((number, section)) = symbol.section.and_then(|at| Some((at, elf.sections.get(at)?)))
    else {
        // `bpf_object__collect_externs()`: what is not in a section is the kernel's.
        let map = maps.kconfig(symbol.name).or_else(|| maps.external(&symbol.text_name()));
        return map.map_or(Target::Elsewhere, Target::Map);
    };
    if section.is_executable() {
        // A static function is its section plus what stands in the instruction: in instructions for a call, less one.
        let target = if kind == CALL {
            ahead(symbol.value, addend)
        } else {
            symbol.value.checked_add_signed(addend.into())
        };
        let found = target.and_then(|target| functions.around(number, target));
        return found.map_or(Target::Unknown, Target::Function);
    }
    if section.name == ARENA_SECTION {
        return maps.arena().map_or(Target::Unknown, Target::Map);
    }
    let offset = if symbol.symbol_type == SymbolType::Section {
        symbol.value.saturating_add_signed(addend.into())
    } else {
        symbol.value
    };
    // Where no map of `.maps` could be read, that was told already.
    let is_read = section.name != MAPS || maps.any_in(number);
    let missing = if is_read { Target::Unknown } else { Target::Elsewhere };
    maps.at(number, offset).map_or(missing, Target::Map)
}

/// The place of a call's target: `number` instructions after the one that follows.
fn ahead(at: u64, number: i32) -> Option<u64> {
    let bytes = i64::from(number).checked_add(1)?.checked_mul(8)?;
    at.checked_add_signed(bytes)
}

fn is_code(elf: &Elf<'_>, section: u32) -> bool {
    let number = usize::try_from(section).unwrap_or(usize::MAX);
    elf.sections.get(number).is_some_and(Section::is_executable)
}

/// Counts a section's bytes against those of the file: overlapping sections would else make work without end.
pub fn take_room(
    room: &mut u64,
    elf: &Elf<'_>,
    section: &Section<'_>,
    problems: &mut Problems,
) -> bool {
    let inflated = elf.reader(section).length();
    if let Some(left) = room.checked_sub(section.file_size.max(inflated)) {
        *room = left;
        return true;
    }
    let path = || section.path();
    let message = "sections overlap or are past the end: from this one on they are left out";
    problems.add(ProblemCode::OverLimit, section.offset, path, message);
    false
}
