//! Objects for tests, and short forms of what they declare.
#![allow(dead_code, reason = "each test uses its part")]

use mapscope_parser::object::{self, Object};

/// The project's objects, compiled from `bpf/`.
pub const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/bpf-object");

/// A file's bytes; a file that is not there fails the test.
pub fn read(folder: &str, name: &str) -> Vec<u8> {
    let path = format!("{folder}/{name}");
    let bytes = std::fs::read(&path);
    assert!(bytes.is_ok(), "{path}");
    bytes.unwrap_or_default()
}

/// Hands an object on; one that cannot be read fails the test.
pub fn with_object(folder: &str, name: &str, check: impl FnOnce(&Object<'_>)) {
    let bytes = read(folder, name);
    let object = object::parse(&bytes, name);
    assert!(object.is_ok(), "{name}: {object:?}");
    if let Ok(object) = object {
        check(&object);
    }
}

/// Name, type, key size, value size, entries, flags.
pub type ShortMap<'o> = (&'o str, u32, Option<u32>, Option<u32>, u32, u32);

/// All maps in short.
pub fn maps_of<'o>(object: &'o Object<'_>) -> Vec<ShortMap<'o>> {
    let short = |map: &'o object::MapDef| {
        let of = &map.definition;
        (&*map.name, of.map_type, of.key_size, of.value_size, of.max_entries, of.flags)
    };
    object.maps.iter().map(short).collect()
}

/// Name, type, own instructions, all instructions, maps.
pub type ShortProgram<'o> = (&'o str, &'o str, u32, u32, Vec<&'o str>);

/// All programs in short.
pub fn programs_of<'o>(object: &'o Object<'_>) -> Vec<ShortProgram<'o>> {
    let name = |&number: &u32| {
        usize::try_from(number).ok().and_then(|at| object.maps.get(at)).map(|map| &*map.name)
    };
    let short = |of: &'o object::ProgramDef| {
        let maps = of.maps.iter().filter_map(name).collect();
        (&*of.name, of.program_type, of.instructions, of.loaded_instructions, maps)
    };
    object.programs.iter().map(short).collect()
}
