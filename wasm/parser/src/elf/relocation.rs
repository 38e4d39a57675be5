//! One ELF relocation: `Elf64_Rel` in include/uapi/linux/elf.h; the addend stands where the relocation is.

/// `R_BPF_64_64`: the address of a map, a variable or a function, in a 64-bit load.
pub const ADDRESS: u32 = 1;

/// `R_BPF_64_32`: the target of a call.
pub const CALL: u32 = 10;

/// One relocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relocation {
    /// Where in the section, in bytes.
    pub offset: u64,
    /// Number of the symbol.
    pub symbol: usize,
    /// `R_BPF_*`.
    pub kind: u32,
}
