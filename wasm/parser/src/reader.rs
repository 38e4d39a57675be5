//! Numbers at places of a byte slice: every read names the field, so that an error can say what was missing where.

use crate::error::{ParseError, Place};

/// How the bytes of a number are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByteOrder {
    /// Least significant byte first, as in `bpfel` objects.
    Little,
    /// Most significant byte first, as in `bpfeb` objects.
    Big,
}

/// Bytes of known order; offsets in errors count from the start of the whole input.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    data: &'a [u8],
    order: ByteOrder,
    /// Where `data` starts in the input.
    base: u64,
}

impl<'a> Reader<'a> {
    /// Reads `data`, which starts `base` bytes into the input.
    #[must_use]
    pub const fn new(data: &'a [u8], order: ByteOrder, base: u64) -> Self {
        Self { data, order, base }
    }

    /// All bytes.
    #[must_use]
    pub const fn data(&self) -> &'a [u8] {
        self.data
    }

    /// The order of the bytes of a number.
    #[must_use]
    pub const fn order(&self) -> ByteOrder {
        self.order
    }

    /// How many bytes there are.
    #[must_use]
    pub fn length(&self) -> u64 {
        u64::try_from(self.data.len()).unwrap_or(u64::MAX)
    }

    /// Where in the whole input the byte at `at` is.
    #[must_use]
    pub fn place_of(&self, at: usize) -> u64 {
        self.base.saturating_add(u64::try_from(at).unwrap_or(u64::MAX))
    }

    /// The byte at `at`.
    #[must_use]
    pub fn u8_at(&self, at: usize) -> Option<u8> {
        self.data.get(at).copied()
    }

    /// Two bytes at `at`.
    #[must_use]
    pub fn u16_at(&self, at: usize) -> Option<u16> {
        let bytes = *self.data.get(at..)?.first_chunk()?;
        Some(match self.order {
            ByteOrder::Little => u16::from_le_bytes(bytes),
            ByteOrder::Big => u16::from_be_bytes(bytes),
        })
    }

    /// Four bytes at `at`.
    #[must_use]
    #[inline]
    pub fn u32_at(&self, at: usize) -> Option<u32> {
        let bytes = *self.data.get(at..)?.first_chunk()?;
        Some(match self.order {
            ByteOrder::Little => u32::from_le_bytes(bytes),
            ByteOrder::Big => u32::from_be_bytes(bytes),
        })
    }

    /// Four bytes at `at`, as a signed number.
    #[must_use]
    pub fn i32_at(&self, at: usize) -> Option<i32> {
        self.u32_at(at).map(u32::cast_signed)
    }

    /// Eight bytes at `at`.
    #[must_use]
    pub fn u64_at(&self, at: usize) -> Option<u64> {
        let bytes = *self.data.get(at..)?.first_chunk()?;
        Some(match self.order {
            ByteOrder::Little => u64::from_le_bytes(bytes),
            ByteOrder::Big => u64::from_be_bytes(bytes),
        })
    }

    /// `length` bytes at `at`, when all of them are there.
    #[must_use]
    pub fn slice(&self, at: u64, length: u64) -> Option<&'a [u8]> {
        let start = usize::try_from(at).ok()?;
        let end = start.checked_add(usize::try_from(length).ok()?)?;
        self.data.get(start..end)
    }

    /// The bytes at `at` up to a zero byte, or up to `limit` bytes; nothing when `at` is past the end.
    #[must_use]
    pub fn text_at(&self, at: usize, limit: usize) -> Option<&'a [u8]> {
        let rest = self.data.get(at..)?;
        let rest = rest.get(..limit).unwrap_or(rest);
        let end = rest.iter().position(|&byte| byte == 0).unwrap_or(rest.len());
        rest.get(..end)
    }

    /// As [`Self::u16_at`], where the number must be there.
    ///
    /// # Errors
    /// The input ends before the field is complete.
    pub fn need_u16(&self, at: usize, field: &str) -> Result<u16, ParseError> {
        self.u16_at(at).ok_or_else(|| self.cut(at, field))
    }

    /// As [`Self::u32_at`], where the number must be there.
    ///
    /// # Errors
    /// The input ends before the field is complete.
    pub fn need_u32(&self, at: usize, field: &str) -> Result<u32, ParseError> {
        self.u32_at(at).ok_or_else(|| self.cut(at, field))
    }

    /// As [`Self::u64_at`], where the number must be there.
    ///
    /// # Errors
    /// The input ends before the field is complete.
    pub fn need_u64(&self, at: usize, field: &str) -> Result<u64, ParseError> {
        self.u64_at(at).ok_or_else(|| self.cut(at, field))
    }

    fn cut(&self, at: usize, field: &str) -> ParseError {
        let end = self.place_of(self.data.len());
        let message = format!("the input ends at byte {end}, inside this field");
        // Where the field would be may itself be past the end.
        ParseError::Truncated(Place::new(self.place_of(at).min(end), field, message))
    }
}

/// A count or offset of the file as an index; one that no memory could hold becomes the largest, which is never in range.
#[must_use]
pub fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
