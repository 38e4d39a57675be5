//! What the parsers are willing to hold. Every allocation is bounded by the input's length or by one of these.

/// Nesting of JSON values that is followed; bpftool's own output stays below 40.
pub const MAX_DEPTH: usize = 128;

/// Bytes of one JSON string that are kept: a pinned path has at most `PATH_MAX`, 4,096.
pub const MAX_TEXT: usize = 4096;

/// Bytes of one bare JSON word that are kept: 20 digits are the longest integer, 18 the longest word.
pub const MAX_WORD: usize = 64;

/// Problems of one code that are told one by one; the rest are counted.
pub const MAX_PROBLEMS_PER_CODE: usize = 32;

/// Distinct keys of one dump that are counted exactly, by a 64-bit hash; past that it may be an estimate.
/// Twice as many hashes are held before they are sorted, which takes 32 MiB.
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

/// Lengths of values of one dump that are counted one by one; longer ones count as powers of two. A power of two itself.
pub const MAX_EXACT_LENGTH: usize = 4096;

/// CPUs whose values are told apart; the kernel's `CONFIG_NR_CPUS` goes up to 8,192.
pub const MAX_CPUS: usize = 8192;

/// Elements of one dump that are kept as they are: so many of the first, and up to so many spread over the rest.
pub const MAX_SAMPLED_FIRST: usize = 16;
pub const MAX_SAMPLED_SPREAD: usize = 32;

/// Bytes that are kept of a sampled key; the kernel takes 512 for a hash.
pub const MAX_SAMPLED_KEY: usize = 512;

/// Bytes that are kept of a sampled value, or of the values of all CPUs together.
pub const MAX_SAMPLED_VALUE: usize = 4096;

/// Bytes of all samples of one input together: `map dump name X` may be of thousands of maps.
pub const MAX_SAMPLED_BYTES: usize = 4 * 1024 * 1024;

/// Different messages of a tool that are counted one by one, and bytes of each that are kept.
pub const MAX_ERROR_KINDS: usize = 16;
pub const MAX_ERROR_TEXT: usize = 256;
