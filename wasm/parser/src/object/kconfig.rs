//! `.kconfig`: values of the kernel's configuration, one array entry that the loader fills in
//! (`bpf_object__collect_externs()` and `bpf_object__init_kconfig_map()` of libbpf.c).

use super::data_section::{ARRAY, INDEX_BYTES, MAPPABLE, READ_ONLY};
use super::definition::{Definition, MapDef, Origin};
use super::found::FoundMaps;
use super::kernel_name;
use super::tables::Tables;
use crate::btf::{Btf, Kind, TypeId};
use crate::problem::{ProblemCode, Problems};

/// The name of the section, which is in BTF only.
const NAME: &str = ".kconfig";

/// Adds the map, when the object uses a value of the configuration.
pub fn read(
    btf: &Btf<'_>,
    tables: &Tables<'_>,
    object_name: &str,
    found: &mut FoundMaps,
    problems: &mut Problems,
) {
    let Some(datasec) = tables.datasec(NAME.as_bytes()) else { return };
    let mut values: Vec<(u32, u32, &[u8])> = Vec::new();
    for variable in btf.variables(datasec) {
        let of = btf.get(variable.type_id).filter(|of| of.kind == Kind::Var);
        let Some((of, name)) = of.and_then(|of| Some((of, btf.name_bytes(of.name)?))) else {
            continue;
        };
        if !tables.is_external(name) {
            continue;
        }
        let (size, align) = (btf.size_of(of.target()), btf.alignment_of(of.target()));
        if let Some((size, align)) = size.zip(align) {
            values.push((align, size, name));
        } else {
            let path = || format!("{NAME}.{}", btf.name(of.name));
            let message = format!("type {} has no size or alignment", of.target().0);
            problems.add(ProblemCode::Malformed, btf.place_of(variable.type_id), path, message);
        }
    }
    if values.is_empty() {
        return;
    }
    found.set_kconfig_names(values.iter().map(|&(_, _, name)| name.to_vec()));
    let map = MapDef {
        name: NAME.to_owned(),
        kernel_name: kernel_name::of_section(NAME, object_name),
        section: NAME.to_owned(),
        origin: Origin::Kconfig,
        definition: definition(values, datasec),
        inner: None,
        optional_flags: 0,
        pinning: 0,
        slots: Vec::new(),
        struct_ops: None,
        is_created: true,
        refusal: None,
    };
    found.add(map, None, btf.place_of(datasec), problems);
}

/// The widest alignment first, then the smallest size, then by name, each at the next aligned place.
fn definition(mut values: Vec<(u32, u32, &[u8])>, datasec: TypeId) -> Definition {
    values.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(b.2)));
    let end = values.iter().try_fold(0_u32, |end, &(align, size, _)| {
        end.checked_next_multiple_of(align)?.checked_add(size)
    });
    Definition {
        map_type: ARRAY,
        key_size: Some(INDEX_BYTES),
        value_size: end,
        max_entries: 1,
        flags: READ_ONLY | MAPPABLE,
        value_type: Some(datasec),
        ..Definition::default()
    }
}
