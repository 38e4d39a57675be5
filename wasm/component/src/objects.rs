//! Objects as records, few enough that columns would gain nothing; types and lines as columns, as there are many.

use mapscope_parser::btf::{Btf, BtfExt, TypeId};
use mapscope_parser::elf::Inflated;
use mapscope_parser::object::{self, Object};
use mapscope_parser::reader::ByteOrder;

use crate::bindings::exports::mapscope::parse::errors::ParseError;
use crate::bindings::exports::mapscope::parse::objects as wit;
use crate::convert;

impl wit::Guest for crate::Component {
    fn parse_object(bytes: Vec<u8>, name: String) -> Result<wit::Object, ParseError> {
        object::parse(&bytes, &name).map(object_of).map_err(convert::error)
    }

    fn index_types(bytes: Vec<u8>, inherited: u32) -> Result<wit::Types, ParseError> {
        let types = object::open_types(&bytes, inherited).map_err(convert::error)?;
        Ok(wit::Types {
            index: type_index(&types.btf, types.inherited),
            base: types.base.map(|base| type_index(&base, 0)),
            problems: convert::problems(types.problems),
        })
    }

    fn struct_sizes(btf: Vec<u8>, names: Vec<String>) -> Result<Vec<f64>, ParseError> {
        let btf = object::open_types(&btf, 0).map_err(convert::error)?.btf;
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let size = |size: Option<u32>| size.map_or(-1.0, f64::from);
        Ok(btf.struct_sizes(&names).into_iter().map(size).collect())
    }
}

fn object_of(object: Object) -> wit::Object {
    wit::Object {
        format: match object.format {
            object::Format::Elf => wit::Format::Elf,
            object::Format::Btf => wit::Format::Btf,
        },
        big_endian: object.byte_order == ByteOrder::Big,
        license: object.license,
        maps: object.maps.into_iter().map(map).collect(),
        programs: object.programs.into_iter().map(program).collect(),
        types: object.btf.map(|btf| type_index(&btf, 0)),
        ext: object.ext.map(|ext| ext_index(&ext)),
        problems: convert::problems(object.problems),
    }
}

fn map(map: object::MapDef) -> wit::MapDeclaration {
    wit::MapDeclaration {
        name: map.name,
        kernel_name: map.kernel_name,
        section: map.section,
        origin: match map.origin {
            object::Origin::Btf => wit::Origin::Btf,
            object::Origin::Legacy => wit::Origin::Legacy,
            object::Origin::DataSection => wit::Origin::DataSection,
            object::Origin::Kconfig => wit::Origin::Kconfig,
            object::Origin::StructOps => wit::Origin::StructOps,
        },
        definition: definition(&map.definition),
        inner: map.inner.map(|inner| definition(&inner)),
        optional_flags: map.optional_flags,
        pinning: map.pinning,
        slots: map.slots.into_iter().map(slot).collect(),
        struct_ops: map.struct_ops.map(struct_ops),
        is_created: map.is_created,
        refusal: map.refusal,
    }
}

fn definition(it: &object::Definition) -> wit::Definition {
    wit::Definition {
        map_type: it.map_type,
        key_size: it.key_size,
        value_size: it.value_size,
        max_entries: it.max_entries,
        flags: it.flags,
        map_extra: it.map_extra,
        numa_node: it.numa_node,
        key_type: it.key_type.map(|TypeId(id)| id),
        value_type: it.value_type.map(|TypeId(id)| id),
    }
}

fn slot(slot: object::Slot) -> wit::Slot {
    wit::Slot { index: slot.index, name: slot.name, is_program: slot.is_program }
}

fn struct_ops(it: object::StructOps) -> wit::StructOps {
    wit::StructOps {
        name: it.name,
        size: it.size,
        members: it.members,
        functions: it.functions,
        value_members: it.value_members,
    }
}

fn program(program: object::ProgramDef) -> wit::Program {
    wit::Program {
        name: program.name,
        section: program.section,
        program_type: program.program_type.to_owned(),
        instructions: program.instructions,
        loaded_instructions: program.loaded_instructions,
        maps: program.maps,
        is_loaded: program.is_loaded,
        source: program.source.map(|it| wit::SourceLine { file: it.file, line: it.line }),
    }
}

/// Where the types are; bytes that are not in the input itself go along.
fn type_index(btf: &Btf, inherited: u32) -> wit::TypeIndex {
    let is_inflated = Inflated::settle(btf.base()).is_some();
    let (start, end) = btf.strings();
    let names = btf.name_table(inherited);
    let (name_places, name_next) = names.map_or_else(Default::default, |it| (it.places, it.next));
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    wit::TypeIndex {
        offset: if is_inflated { 0 } else { btf.base() },
        length: u64::try_from(btf.data().len()).unwrap_or(u64::MAX),
        inflated: is_inflated.then(|| btf.data().to_vec()),
        big_endian: btf.order() == ByteOrder::Big,
        starts: btf.starts().collect(),
        strings_start: number(start),
        strings_end: number(end),
        strings_length: btf.header().strings.1,
        name_places,
        name_next,
    }
}

fn ext_index(ext: &BtfExt) -> wit::ExtIndex {
    let (functions, lines, core) = (&ext.functions, &ext.lines, &ext.core_relocations);
    wit::ExtIndex {
        function_section: functions.iter().map(|it| it.section.0).collect(),
        function_offset: functions.iter().map(|it| it.offset).collect(),
        function_type: functions.iter().map(|it| it.type_id.0).collect(),
        line_section: lines.iter().map(|it| it.section.0).collect(),
        line_offset: lines.iter().map(|it| it.offset).collect(),
        line_file: lines.iter().map(|it| it.file.0).collect(),
        line_text: lines.iter().map(|it| it.text.0).collect(),
        line_number: lines.iter().map(|it| it.line).collect(),
        line_column: lines.iter().map(|it| it.column).collect(),
        core_section: core.iter().map(|it| it.section.0).collect(),
        core_offset: core.iter().map(|it| it.offset).collect(),
        core_type: core.iter().map(|it| it.type_id.0).collect(),
        core_access: core.iter().map(|it| it.access.0).collect(),
        core_kind: core.iter().map(|it| it.kind).collect(),
    }
}
