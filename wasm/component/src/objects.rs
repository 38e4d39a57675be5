//! Objects and BTF as records: few enough that columns would gain nothing, but for the members of layouts.

use mapscope_parser as parser;
use mapscope_parser::btf::{Btf, Layout};
use mapscope_parser::layouts::Layouts;
use mapscope_parser::object::{self, Object};
use mapscope_parser::reader::ByteOrder;
use mapscope_parser::texts::TextList;

use crate::bindings::exports::mapscope::parse::errors::ParseError;
use crate::bindings::exports::mapscope::parse::objects as wit;
use crate::convert;

impl wit::Guest for crate::Component {
    fn parse_object(bytes: Vec<u8>, name: String) -> Result<wit::Object, ParseError> {
        object::parse(&bytes, &name).map(object_of).map_err(convert::error)
    }

    fn struct_sizes(btf: Vec<u8>, names: Vec<String>) -> Result<Vec<f64>, ParseError> {
        let sizes = if object::sniff(&btf) == Some(object::Format::Btf) {
            sizes_in(&Btf::parse(&btf).map_err(convert::error)?, &names)
        } else {
            let object = object::parse(&btf, "").map_err(convert::error)?;
            object.btf.map_or_else(|| vec![-1.0; names.len()], |btf| sizes_in(&btf, &names))
        };
        Ok(sizes)
    }
}

fn sizes_in(btf: &Btf, names: &[String]) -> Vec<f64> {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    btf.struct_sizes(&names).into_iter().map(|size| size.map_or(-1.0, f64::from)).collect()
}

fn object_of(object: Object) -> wit::Object {
    let layouts = Layouts::of(&object);
    let mut problems = convert::problems(object.problems);
    if layouts.cut {
        problems.push(convert::problem(parser::Problem {
            code: parser::ProblemCode::OverLimit,
            offset: 0,
            path: ".BTF".to_owned(),
            message: "the types of keys and values have too many members to list them all"
                .to_owned(),
        }));
    }
    wit::Object {
        format: match object.format {
            object::Format::Elf => wit::Format::Elf,
            object::Format::Btf => wit::Format::Btf,
        },
        big_endian: object.byte_order == ByteOrder::Big,
        license: object.license,
        maps: object.maps.into_iter().map(|it| map(it, &layouts)).collect(),
        programs: object.programs.into_iter().map(program).collect(),
        type_count: object.btf.map_or(0, |btf| btf.id_count().saturating_sub(1)),
        layouts: layouts.into_layouts().into_iter().map(layout).collect(),
        problems,
    }
}

fn map(map: object::MapDef, layouts: &Layouts) -> wit::MapDeclaration {
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
        definition: definition(&map.definition, layouts),
        inner: map.inner.map(|inner| definition(&inner, layouts)),
        pinning: map.pinning,
        slots: map.slots.into_iter().map(slot).collect(),
        struct_ops: map.struct_ops.map(struct_ops),
        is_created: map.is_created,
    }
}

fn definition(it: &object::Definition, layouts: &Layouts) -> wit::Definition {
    wit::Definition {
        map_type: it.map_type,
        key_size: it.key_size,
        value_size: it.value_size,
        max_entries: it.max_entries,
        flags: it.flags,
        map_extra: it.map_extra,
        numa_node: it.numa_node,
        key_layout: layouts.index(it.key_type),
        value_layout: layouts.index(it.value_type),
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

fn layout(layout: Layout) -> wit::Layout {
    let (mut names, mut type_names) = (TextList::default(), TextList::default());
    for member in &layout.members {
        names.push(&member.name);
        type_names.push(&member.type_name);
    }
    wit::Layout {
        type_name: layout.type_name,
        size: layout.size,
        elements: layout.elements,
        names: convert::texts(names.finish()),
        type_names: convert::texts(type_names.finish()),
        bit_offset: layout.members.iter().map(|it| it.bit_offset).collect(),
        bits: layout.members.iter().map(|it| it.bits).collect(),
        depth: layout.members.iter().map(|it| it.depth).collect(),
        gap_bit_offset: layout.gaps.iter().map(|it| it.bit_offset).collect(),
        gap_bits: layout.gaps.iter().map(|it| it.bits).collect(),
        gap_depth: layout.gaps.iter().map(|it| it.depth).collect(),
        gap_trailing: layout.gaps.iter().map(|it| u8::from(it.trailing)).collect(),
        lost_bits: layout.lost_bits,
        complete: layout.complete,
    }
}
