//! Why an input cannot be read at all. What was only skipped or repaired is a [`crate::Problem`].

/// Where in the input it went wrong, and what was found there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Byte offset in the input.
    pub offset: u64,
    /// `JSONPath` of the record, or the name of the field that was being read.
    pub path: String,
    /// Lower case, no final full stop, with the value that was found.
    pub message: String,
}

/// The input is at fault; each variant is a code of the project's error catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParseError {
    /// The bytes are of another format.
    WrongFormat(Place),
    /// The input ends before what it began is complete.
    Truncated(Place),
    /// A value breaks a rule of the format.
    Malformed(Place),
    /// The input asks for more than `limits.rs` allows.
    OverLimit(Place),
}

impl ParseError {
    /// The place, whatever the variant.
    #[must_use]
    pub fn place(&self) -> &Place {
        match self {
            Self::WrongFormat(place)
            | Self::Truncated(place)
            | Self::Malformed(place)
            | Self::OverLimit(place) => place,
        }
    }
}

impl Place {
    /// A place from its parts.
    pub fn new(offset: u64, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { offset, path: path.into(), message: message.into() }
    }
}
