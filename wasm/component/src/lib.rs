//! The parser crate behind the WIT boundary: types are renamed and moved, nothing is decided.

mod bindings {
    #![allow(unsafe_code, clippy::all, clippy::pedantic, clippy::restriction, reason = "generated")]
    wit_bindgen::generate!({ path: "../wit", world: "parse" });
    use super::Component;
    export!(Component);
}

mod convert;
mod objects;
mod scanners;

struct Component;

impl bindings::exports::mapscope::parse::maps::Guest for Component {
    type MapListScanner = scanners::Maps;
}

impl bindings::exports::mapscope::parse::dumps::Guest for Component {
    type MapDumpScanner = scanners::Dumps;
}

impl bindings::exports::mapscope::parse::programs::Guest for Component {
    type ProgramListScanner = scanners::Programs;
}
