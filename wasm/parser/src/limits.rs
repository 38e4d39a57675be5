//! What the parsers are willing to hold. Every allocation is bounded by the input's length or by one of these.

/// Nesting of JSON values that is followed; bpftool's own output stays below 40.
pub const MAX_DEPTH: usize = 128;

/// Bytes of one JSON string that are kept: a pinned path has at most `PATH_MAX`, 4,096.
pub const MAX_TEXT: usize = 4096;

/// Bytes of one bare JSON word that are kept: 20 digits are the longest integer, 18 the longest word.
pub const MAX_WORD: usize = 64;

/// Problems of one code that are told one by one; the rest are counted.
pub const MAX_PROBLEMS_PER_CODE: usize = 32;

/// Distinct keys of one dump that are counted exactly, by a 64-bit hash; from there on it is an estimate.
/// The set then takes 32 MiB, and 48 MiB while it grows for the last time.
pub const MAX_EXACT_KEYS: usize = 2 * 1024 * 1024;

/// Values of 4 bytes of one dump that are kept, in case the map turns out to be a map of maps.
pub const MAX_U32_VALUES: usize = 1024 * 1024;

/// Bytes of a name in ELF or BTF that are kept; the kernel takes 511 in BTF, C++ and Rust symbols are longer.
pub const MAX_NAME: usize = 1024;

/// Bytes that the compressed sections of one file may take when inflated; the BTF of a kernel has 6 MiB.
pub const MAX_INFLATED: u64 = 64 * 1024 * 1024;

/// Typedefs, modifiers and arrays that are followed to a size, as libbpf's `MAX_RESOLVE_DEPTH`.
pub const MAX_RESOLVE_DEPTH: usize = 32;

/// Maps, and programs, of one object that are described; the largest known has some hundreds.
pub const MAX_OBJECT_ITEMS: usize = 16 * 1024;

/// Functions that are visited while map uses are followed through calls, for one object.
pub const MAX_CALL_STEPS: usize = 4 * 1024 * 1024;
