//! Global variables: each `.data*`, `.rodata*` and `.bss*` section is an array of one entry
//! (`bpf_object__init_global_data_maps()` of libbpf.c).

use super::definition::{Definition, MapDef, Origin};
use super::found::{FoundMaps, Span};
use super::kernel_name;
use super::tables::Tables;
use crate::btf::{Btf, TypeId};
use crate::elf::{Elf, Section, SectionType};
use crate::problem::{ProblemCode, Problems};

/// `BPF_MAP_TYPE_ARRAY`.
pub const ARRAY: u32 = 2;

/// Bytes of an array's index.
pub const INDEX_BYTES: u32 = 4;

/// `BPF_F_RDONLY_PROG`: programs may only read it.
pub const READ_ONLY: u32 = 1 << 7;

/// `BPF_F_MMAPABLE`: user space may map it into its memory.
pub const MAPPABLE: u32 = 1 << 10;

/// `BTF_VAR_STATIC`.
const STATIC: u32 = 0;

/// Adds a map for each section of global variables that is not empty.
pub fn read(
    elf: &Elf<'_>,
    btf: Option<&Btf<'_>>,
    tables: &Tables<'_>,
    object_name: &str,
    found: &mut FoundMaps,
    problems: &mut Problems,
) {
    let mut shared = Shared::default();
    for (number, section) in elf.sections.iter().enumerate() {
        let Some(flags) = flags_of(section).filter(|_| section.size > 0) else { continue };
        let name = section.text_name().into_owned();
        if let Some(missing) = elf.missing(section) {
            let message = format!("its last {missing} bytes are past the end of the input");
            problems.add(ProblemCode::Truncated, section.offset, || name.clone(), message);
        }
        let datasec = tables.datasec(section.name);
        let mappable =
            datasec.zip(btf).is_some_and(|(datasec, btf)| shared.is(datasec, btf, tables));
        let value_size = u32::try_from(section.size).ok();
        if value_size.is_none() {
            let message = format!("{} bytes are more than a value can have", section.size);
            problems.add(ProblemCode::Malformed, section.offset, || name.clone(), message);
        }
        let map = MapDef {
            kernel_name: kernel_name::of_section(&name, object_name),
            section: name.clone(),
            origin: Origin::DataSection,
            definition: Definition {
                map_type: ARRAY,
                key_size: Some(INDEX_BYTES),
                value_size,
                max_entries: 1,
                flags: if mappable { flags | MAPPABLE } else { flags },
                value_type: datasec,
                ..Definition::default()
            },
            inner: None,
            optional_flags: if mappable { 0 } else { MAPPABLE },
            pinning: 0,
            slots: Vec::new(),
            struct_ops: None,
            is_created: true,
            refusal: refusal_of(section),
            name,
        };
        let span = Span { section: number, offset: 0, size: section.size, values: None };
        found.add(map, Some(span), section.offset, problems);
    }
}

/// The flags of a section of global variables; nothing for other sections.
fn flags_of(section: &Section<'_>) -> Option<u32> {
    let is = |name: &[u8]| section.is_named_like(name);
    match section.section_type {
        SectionType::Bytes if !section.is_executable() && is(b".rodata") => Some(READ_ONLY),
        SectionType::Bytes if !section.is_executable() && is(b".data") => Some(0),
        SectionType::Zeros if is(b".bss") => Some(0),
        _ => None,
    }
}

/// `.bss` has no variants in libbpf up to 1.1 (`bpf_object__elf_collect()`): a program that uses one is not loaded.
fn refusal_of(section: &Section<'_>) -> Option<String> {
    let is_variant = section.section_type == SectionType::Zeros && section.name != b".bss";
    is_variant.then(|| {
        format!("libbpf up to 1.1 skips `{}` and refuses programs that use it", section.text_name())
    })
}

/// Which sections have a variable that user space may see; kept, as sections may share one entry of BTF.
#[derive(Debug, Default)]
struct Shared(std::collections::BTreeMap<TypeId, bool>);

impl Shared {
    fn is(&mut self, datasec: TypeId, btf: &Btf<'_>, tables: &Tables<'_>) -> bool {
        *self.0.entry(datasec).or_insert_with(|| has_shared_variable(datasec, btf, tables))
    }
}

/// `map_is_mmapable()` of libbpf.c: a variable that is neither static nor hidden.
fn has_shared_variable(datasec: TypeId, btf: &Btf<'_>, tables: &Tables<'_>) -> bool {
    btf.variables(datasec).any(|variable| {
        let name = btf.get(variable.type_id).and_then(|of| btf.name_bytes(of.name));
        let linkage = btf.linkage(variable.type_id);
        linkage.is_some_and(|linkage| linkage != STATIC)
            && !name.is_some_and(|name| tables.is_hidden(name))
    })
}
