//! What an object says about its maps and programs, in numbers and names of the UAPI.

use crate::btf::{Btf, BtfExt, TypeId};
use crate::problem::Problem;
use crate::reader::ByteOrder;

/// A BPF object, or the types of one.
#[derive(Debug)]
pub struct Object<'a> {
    /// What the bytes are.
    pub format: Format,
    /// Order of the bytes of all numbers in it: keys and values too.
    pub byte_order: ByteOrder,
    /// The `license` section.
    pub license: Option<String>,
    /// All maps: first those of `.maps` in their order, then `maps`, data sections, `.kconfig`, `.struct_ops`.
    pub maps: Vec<MapDef>,
    /// What a loader can load; functions that are only called are part of what calls them.
    pub programs: Vec<ProgramDef>,
    /// The records of `.BTF.ext`.
    pub ext: Option<BtfExt>,
    /// The types; nothing when the object has none that can be read.
    pub btf: Option<Btf<'a>>,
    /// What was skipped, repaired or missing.
    pub problems: Vec<Problem>,
}

impl Object<'_> {
    /// The same object, with the bytes of its types kept in it.
    #[must_use]
    pub fn into_owned(self) -> Object<'static> {
        let Self { format, byte_order, license, maps, programs, ext, btf, problems } = self;
        let btf = btf.map(Btf::into_owned);
        Object { format, byte_order, license, maps, programs, ext, btf, problems }
    }
}

/// What bytes can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// An ELF file.
    Elf,
    /// Raw BTF, such as `/sys/kernel/btf/vmlinux`.
    Btf,
}

/// Where a map comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Declared with types, in `.maps`.
    Btf,
    /// A structure of numbers, in `maps`.
    Legacy,
    /// Global variables: `.data*`, `.rodata*` or `.bss*`.
    DataSection,
    /// Values of the kernel's configuration that the loader fills in.
    Kconfig,
    /// Operations that replace some of the kernel's, in `.struct_ops` or `.struct_ops.link`.
    StructOps,
}

/// The attributes of `BPF_MAP_CREATE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Definition {
    /// `BPF_MAP_TYPE_*`.
    pub map_type: u32,
    /// Bytes of a key; 0 for maps without keys. Nothing when its type has no size.
    pub key_size: Option<u32>,
    /// Bytes of a value; 0 for maps without values. Nothing when its type has no size, or only the kernel knows it.
    pub value_size: Option<u32>,
    /// As declared: 0 in a `perf_event_array` becomes the number of possible CPUs, and the size of a ring buffer is
    /// rounded up to a power of two of pages, when it is loaded.
    pub max_entries: u32,
    /// `map_flags`.
    pub flags: u32,
    /// Hash count of a bloom filter, address of an arena.
    pub map_extra: u64,
    /// NUMA node, when one is asked for.
    pub numa_node: Option<u32>,
    /// Type of the keys.
    pub key_type: Option<TypeId>,
    /// Type of the values; of a data section its `BTF_KIND_DATASEC`.
    pub value_type: Option<TypeId>,
}

/// One map of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapDef {
    /// The name of its variable; of a data section the section's name, as cilium/ebpf calls it.
    pub name: String,
    /// What libbpf gives the kernel: at most 15 bytes, for a data section with the object's name in front.
    pub kernel_name: String,
    /// The ELF section.
    pub section: String,
    /// What kind of declaration it is.
    pub origin: Origin,
    /// Type, sizes, entries, flags.
    pub definition: Definition,
    /// Of a map of maps, the inner map that `values` declares.
    pub inner: Option<Definition>,
    /// Flags that some loaders add: libbpf before 1.1 makes every data section `BPF_F_MMAPABLE`, later ones only those
    /// with a variable that user space may see.
    pub optional_flags: u32,
    /// `LIBBPF_PIN_*`: 1 is pinned by its name.
    pub pinning: u32,
    /// What the object itself puts in: programs, inner maps, or operations.
    pub slots: Vec<Slot>,
    /// What a `struct_ops` map implements.
    pub struct_ops: Option<StructOps>,
    /// False when the section's name starts with `?`: loaders create it only on request.
    pub is_created: bool,
    /// Why libbpf refuses an object with this declaration, where it does.
    pub refusal: Option<String>,
}

/// A place that the object fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Key of an array; number of the member for operations.
    pub index: u32,
    /// Name of the map or program.
    pub name: String,
    /// Whether `name` is a program's.
    pub is_program: bool,
}

/// The operations structure that a `struct_ops` map implements, as the object declares it: the kernel's may have more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StructOps {
    /// Its name, such as `tcp_congestion_ops`.
    pub name: String,
    /// Bytes of it.
    pub size: u32,
    /// Members of it.
    pub members: u32,
    /// Members that are pointers to functions.
    pub functions: u32,
    /// Members of the kernel's `bpf_struct_ops_<name>`, when the object has that type.
    pub value_members: Option<u32>,
}

/// One program of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgramDef {
    /// The name of its function.
    pub name: String,
    /// The ELF section.
    pub section: String,
    /// bpftool's word for the type that libbpf takes from the section's name; `unspec` when it has none.
    pub program_type: &'static str,
    /// Instructions of 8 bytes of its own function.
    pub instructions: u32,
    /// Instructions with all functions it calls, each once: what a loader hands to the kernel.
    pub loaded_instructions: u32,
    /// Indices of the maps that it or a function it calls refers to, rising.
    pub maps: Vec<u32>,
    /// False when the section's name starts with `?`: loaders load it only on request.
    pub is_loaded: bool,
    /// Where its first instruction comes from.
    pub source: Option<SourceLine>,
}

/// A line of a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLine {
    /// Path as the compiler was given it.
    pub file: String,
    /// From 1.
    pub line: u32,
}
