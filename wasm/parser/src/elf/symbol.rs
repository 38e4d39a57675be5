//! One ELF symbol: `Elf64_Sym` in include/uapi/linux/elf.h.

use std::borrow::Cow;

/// `ELF64_ST_TYPE`, where it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SymbolType {
    /// `STT_NOTYPE`: an external, or a label.
    None,
    /// `STT_OBJECT`: a variable.
    Object,
    /// `STT_FUNC`: a function.
    Function,
    /// `STT_SECTION`: the section itself, for what is static.
    Section,
    /// Anything else.
    Other,
}

/// `ELF64_ST_BIND`, where it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SymbolBinding {
    /// `STB_LOCAL`: static.
    Local,
    /// `STB_GLOBAL`.
    Global,
    /// `STB_WEAK`.
    Weak,
    /// Anything else.
    Other,
}

/// One symbol.
#[derive(Debug, Clone, Copy)]
pub struct Symbol<'a> {
    /// `st_name`, looked up.
    pub name: &'a [u8],
    /// Type, from `st_info`.
    pub symbol_type: SymbolType,
    /// Binding, from `st_info`.
    pub binding: SymbolBinding,
    /// `STV_HIDDEN` or `STV_INTERNAL`: not for others, though it may be global here.
    pub is_hidden: bool,
    /// `st_shndx`; nothing for a symbol that is in no section of this file.
    pub section: Option<usize>,
    /// `st_value`: where in the section it starts.
    pub value: u64,
    /// `st_size`: bytes.
    pub size: u64,
}

/// `SHN_LORESERVE`: section numbers from here on mean something else.
const RESERVED: u16 = 0xff00;

impl Symbol<'_> {
    /// The name as text.
    #[must_use]
    pub fn text_name(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.name)
    }

    /// Sets what `st_info`, `st_other` and `st_shndx` say.
    pub(super) fn set_info(&mut self, info: u8, other: u8, section: u16) {
        self.symbol_type = match info & 0xf {
            0 => SymbolType::None,
            1 => SymbolType::Object,
            2 => SymbolType::Function,
            3 => SymbolType::Section,
            _ => SymbolType::Other,
        };
        self.binding = match info >> 4 {
            0 => SymbolBinding::Local,
            1 => SymbolBinding::Global,
            2 => SymbolBinding::Weak,
            _ => SymbolBinding::Other,
        };
        self.is_hidden = matches!(other & 3, 1 | 2);
        self.section = (section != 0 && section < RESERVED).then(|| usize::from(section));
    }
}
