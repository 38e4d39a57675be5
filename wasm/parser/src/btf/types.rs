//! One BTF type: `struct btf_type` in include/uapi/linux/btf.h.

/// The number of a type; 0 is `void`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub u32);

/// Where a name starts in the string section; 0 is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StringOffset(pub u32);

/// `BTF_KIND_*`; the numbers are those of the UAPI, 1 to 19.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Type 0, or a place that nothing describes.
    Void,
    /// An integer, a character or a boolean.
    Int,
    /// A pointer.
    Ptr,
    /// An array of a fixed number of elements.
    Array,
    /// A structure.
    Struct,
    /// A union.
    Union,
    /// An enumeration of up to 32 bits.
    Enum,
    /// A structure or union that is only declared.
    Fwd,
    /// Another name of a type.
    Typedef,
    /// `volatile`.
    Volatile,
    /// `const`.
    Const,
    /// `restrict`.
    Restrict,
    /// A function.
    Func,
    /// The parameters and result of a function.
    FuncProto,
    /// A global variable.
    Var,
    /// An ELF section with its variables.
    Datasec,
    /// A floating-point number.
    Float,
    /// An attribute of a declaration.
    DeclTag,
    /// An attribute of a type.
    TypeTag,
    /// An enumeration of up to 64 bits.
    Enum64,
    /// A kind that this reader does not know, skipped with the file's own layout section.
    Unknown(u8),
}

impl Kind {
    /// The kind of a UAPI number.
    #[must_use]
    pub const fn from_number(number: u8) -> Self {
        match number {
            0 => Self::Void,
            1 => Self::Int,
            2 => Self::Ptr,
            3 => Self::Array,
            4 => Self::Struct,
            5 => Self::Union,
            6 => Self::Enum,
            7 => Self::Fwd,
            8 => Self::Typedef,
            9 => Self::Volatile,
            10 => Self::Const,
            11 => Self::Restrict,
            12 => Self::Func,
            13 => Self::FuncProto,
            14 => Self::Var,
            15 => Self::Datasec,
            16 => Self::Float,
            17 => Self::DeclTag,
            18 => Self::TypeTag,
            19 => Self::Enum64,
            other => Self::Unknown(other),
        }
    }

    /// Bytes after `struct btf_type`: once, and for each of `vlen`; nothing for kinds that are not known.
    #[must_use]
    pub const fn sizes(self) -> Option<(u32, u32)> {
        Some(match self {
            Self::Int | Self::Var | Self::DeclTag => (4, 0),
            Self::Array => (12, 0),
            Self::Struct | Self::Union | Self::Datasec | Self::Enum64 => (0, 12),
            Self::Enum | Self::FuncProto => (0, 8),
            Self::Ptr
            | Self::Fwd
            | Self::Typedef
            | Self::Volatile
            | Self::Const
            | Self::Restrict
            | Self::Func
            | Self::Float
            | Self::TypeTag => (0, 0),
            Self::Void | Self::Unknown(_) => return None,
        })
    }

    /// `const`, `volatile`, `restrict` and type tags: they change nothing about size or members.
    #[must_use]
    pub const fn is_modifier(self) -> bool {
        matches!(self, Self::Const | Self::Volatile | Self::Restrict | Self::TypeTag)
    }

    /// bpftool's word, in upper case there.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Void => "void",
            Self::Int => "int",
            Self::Ptr => "ptr",
            Self::Array => "array",
            Self::Struct => "struct",
            Self::Union => "union",
            Self::Enum => "enum",
            Self::Fwd => "fwd",
            Self::Typedef => "typedef",
            Self::Volatile => "volatile",
            Self::Const => "const",
            Self::Restrict => "restrict",
            Self::Func => "func",
            Self::FuncProto => "func_proto",
            Self::Var => "var",
            Self::Datasec => "datasec",
            Self::Float => "float",
            Self::DeclTag => "decl_tag",
            Self::TypeTag => "type_tag",
            Self::Enum64 => "enum64",
            Self::Unknown(_) => "unknown",
        }
    }
}

/// What all types have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Type {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub name: StringOffset,
    /// How many members, enumerators, parameters or variables follow; the linkage of a function.
    pub vlen: u32,
    /// `kind_flag`: bit fields in a structure, signed in an enumeration, a union in a forward declaration.
    pub flag: bool,
    /// Bytes, or the id of the type it refers to: the kind decides.
    pub size_or_type: u32,
    /// Where what follows starts, in the type section.
    pub(super) rest: usize,
}

impl Type {
    /// The type it refers to, for the kinds that refer to one.
    #[must_use]
    pub const fn target(&self) -> TypeId {
        TypeId(self.size_or_type)
    }
}

/// What follows an integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Integer {
    /// `BTF_INT_SIGNED` 1, `BTF_INT_CHAR` 2, `BTF_INT_BOOL` 4.
    pub encoding: u8,
    /// Where in its bytes it starts, in bits.
    pub bit_offset: u8,
    /// How many bits it has.
    pub bits: u8,
}

/// What follows an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Array {
    /// Type of an element.
    pub element: TypeId,
    /// Type of an index.
    pub index: TypeId,
    /// How many elements.
    pub length: u32,
}
