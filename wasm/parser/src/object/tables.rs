//! What several readers look up: variables by section and name, sections of BTF by name.

use std::collections::{BTreeMap, BTreeSet};

use crate::btf::{Btf, Kind, Type, TypeId};
use crate::elf::{Elf, SymbolBinding, SymbolType};

/// Lookups, each made in one pass.
#[derive(Debug, Default)]
pub struct Tables<'t> {
    /// Variables: section number and name to where in the section they start.
    variables: BTreeMap<(usize, &'t [u8]), u64>,
    /// Names of global variables that are hidden.
    hidden: BTreeSet<&'t [u8]>,
    /// Names of global or weak symbols that are in no section.
    externals: BTreeSet<&'t [u8]>,
    /// Sections of BTF; of several alike the first.
    datasecs: BTreeMap<&'t [u8], TypeId>,
    /// Structures whose name starts with `bpf_struct_ops_`, by what follows.
    wrappers: BTreeMap<&'t [u8], Type>,
}

impl<'t> Tables<'t> {
    /// Makes all lookups.
    #[must_use]
    pub fn new(elf: Option<&'t Elf<'_>>, btf: Option<&'t Btf<'_>>) -> Self {
        let mut tables = Self::default();
        for symbol in elf.into_iter().flat_map(|elf| &elf.symbols) {
            let is_exported = matches!(symbol.binding, SymbolBinding::Global | SymbolBinding::Weak);
            match (symbol.symbol_type, symbol.section) {
                (SymbolType::Object, Some(section)) => {
                    tables.variables.entry((section, symbol.name)).or_insert(symbol.value);
                    if symbol.is_hidden && is_exported {
                        tables.hidden.insert(symbol.name);
                    }
                }
                (SymbolType::None, None) if is_exported => {
                    tables.externals.insert(symbol.name);
                }
                _ => {}
            }
        }
        let Some(btf) = btf else { return tables };
        for (id, of) in btf.types() {
            let Some(name) = btf.name_bytes(of.name) else { continue };
            if of.kind == Kind::Datasec {
                tables.datasecs.entry(name).or_insert(id);
            } else if of.kind == Kind::Struct
                && let Some(operations) = name.strip_prefix(b"bpf_struct_ops_")
            {
                tables.wrappers.entry(operations).or_insert(of);
            }
        }
        tables
    }

    /// Where in a section a variable starts.
    #[must_use]
    pub fn variable(&self, section: usize, name: &[u8]) -> Option<u64> {
        self.variables.get(&(section, name)).copied()
    }

    /// Whether a global variable is hidden: then it counts as static.
    #[must_use]
    pub fn is_hidden(&self, name: &[u8]) -> bool {
        self.hidden.contains(name)
    }

    /// Whether a symbol is left to others to define.
    #[must_use]
    pub fn is_external(&self, name: &[u8]) -> bool {
        self.externals.contains(name)
    }

    /// The kernel's structure around an operations structure, when the object has it.
    #[must_use]
    pub fn wrapper(&self, operations: &[u8]) -> Option<Type> {
        self.wrappers.get(operations).copied()
    }

    /// The `BTF_KIND_DATASEC` of a section.
    #[must_use]
    pub fn datasec(&self, name: &[u8]) -> Option<TypeId> {
        self.datasecs.get(name).copied()
    }
}
