//! The BTF header: `struct btf_header` in include/uapi/linux/btf.h.

use crate::error::{ParseError, Place};
use crate::reader::{ByteOrder, Reader};

/// Bytes of the header up to `str_len`, which every writer has.
const SHORTEST: u32 = 24;

/// Bytes of the header with `layout_off` and `layout_len` (2026).
const WITH_LAYOUT: u32 = 32;

/// The only version there has been.
const VERSION: u8 = 1;

/// The header; offsets count from its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Order of the bytes of all that follows, from the magic number.
    pub order: ByteOrder,
    /// No flag has a meaning yet.
    pub flags: u8,
    /// `hdr_len`: bytes of the header itself.
    pub length: u32,
    /// Where the types are.
    pub types: (u32, u32),
    /// Where the strings are.
    pub strings: (u32, u32),
    /// Where the sizes of all kinds are, for readers that do not know one; `(0, 0)` in files without.
    pub layouts: (u32, u32),
}

impl Header {
    /// Reads the header and learns the byte order from its magic number; `base` is where `data` starts in the input.
    ///
    /// # Errors
    /// It is not BTF, of another version, or cut.
    pub fn parse(data: &[u8], base: u64) -> Result<Self, ParseError> {
        let order = match data {
            [0x9f, 0xeb, ..] => ByteOrder::Little,
            [0xeb, 0x9f, ..] => ByteOrder::Big,
            [0x9f | 0xeb] | [] => {
                let place = Place::new(base, "btf_header.magic", "the input ends inside it");
                return Err(ParseError::Truncated(place));
            }
            [first, rest @ ..] => {
                let second = rest.first().copied().unwrap_or(0);
                let message = format!("{first:02x} {second:02x} is not BTF's 9f eb or eb 9f");
                return Err(ParseError::WrongFormat(Place::new(base, "btf_header.magic", message)));
            }
        };
        let reader = Reader::new(data, order, base);
        let length = reader.need_u32(4, "btf_header.hdr_len")?;
        let version = reader.u8_at(2).unwrap_or(0);
        if version != VERSION {
            let message = format!("version {version}, only {VERSION} is known");
            let place = Place::new(reader.place_of(2), "btf_header.version", message);
            return Err(ParseError::Malformed(place));
        }
        if length < SHORTEST {
            let message = format!("{length} bytes, a header has at least {SHORTEST}");
            let place = Place::new(reader.place_of(4), "btf_header.hdr_len", message);
            return Err(ParseError::Malformed(place));
        }
        let pair = |at: usize, names: [&str; 2]| {
            let offset = reader.need_u32(at, names[0])?;
            Ok((offset, reader.need_u32(at.saturating_add(4), names[1])?))
        };
        Ok(Self {
            order,
            flags: reader.u8_at(3).unwrap_or(0),
            length,
            types: pair(8, ["btf_header.type_off", "btf_header.type_len"])?,
            strings: pair(16, ["btf_header.str_off", "btf_header.str_len"])?,
            layouts: if length >= WITH_LAYOUT {
                pair(24, ["btf_header.layout_off", "btf_header.layout_len"])?
            } else {
                (0, 0)
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LITTLE: [u8; 24] =
        [0x9f, 0xeb, 1, 0, 24, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 16, 0, 0, 0, 5, 0, 0, 0];

    fn with(changes: &[(usize, u8)]) -> Vec<u8> {
        let mut bytes = LITTLE.to_vec();
        for &(at, byte) in changes {
            bytes.iter_mut().skip(at).take(1).for_each(|place| *place = byte);
        }
        bytes
    }

    #[test]
    fn both_byte_orders_give_the_same_header() {
        let little = Header::parse(&LITTLE, 0);
        let mut bytes = vec![0xeb, 0x9f, 1, 0];
        for number in [24_u32, 0, 16, 16, 5] {
            bytes.extend(number.to_be_bytes());
        }
        let big = Header::parse(&bytes, 0);
        assert_eq!(big.map(|header| Header { order: ByteOrder::Little, ..header }), little);
        assert_eq!(little.map(|header| (header.types, header.strings)), Ok(((0, 16), (16, 5))));
    }

    #[test]
    fn every_prefix_is_cut() {
        for end in 0..LITTLE.len() {
            let error = LITTLE.get(..end).map(|prefix| Header::parse(prefix, 0));
            assert!(matches!(error, Some(Err(ParseError::Truncated(_)))), "prefix of {end} bytes");
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_offset() {
        let cases = [
            ((0, 0x7f), 0, "btf_header.magic"),
            ((2, 9), 2, "btf_header.version"),
            ((4, 23), 4, "btf_header.hdr_len"),
        ];
        for (change, offset, field) in cases {
            let place = Header::parse(&with(&[change]), 0).map_err(|error| error.place().clone());
            assert_eq!(
                place.map_err(|place| (place.offset, place.path)),
                Err((offset, field.to_owned()))
            );
        }
    }

    #[test]
    fn a_header_of_2026_says_where_the_sizes_of_kinds_are() {
        let mut bytes = with(&[(4, 32)]);
        bytes.extend([40, 0, 0, 0, 80, 0, 0, 0]);
        assert_eq!(Header::parse(&bytes, 0).map(|header| header.layouts), Ok((40, 80)));
    }
}
