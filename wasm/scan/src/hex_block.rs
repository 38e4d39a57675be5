//! Sixteen items `"0x1f",` at a time: seven vectors of 16 bytes, in which the same lanes always hold the same.

/// Bytes of one item with what separates it from the next.
pub const ITEM: usize = 7;

/// Items of a block, and its bytes.
pub const ITEMS: usize = 16;
pub const BLOCK: usize = ITEM * ITEMS;

/// The bytes of a block as little-endian words; nothing when it is not sixteen items as bpftool writes them, in lower
/// case. What is behind the last item is not looked at.
#[inline]
pub fn read(block: &[u8; BLOCK]) -> Option<[u64; 2]> {
    #[cfg(target_arch = "wasm32")]
    return simd::read(block);
    #[cfg(not(target_arch = "wasm32"))]
    return plain::read(block);
}

/// The same in instructions on vectors.
#[cfg(target_arch = "wasm32")]
mod simd {
    use core::arch::wasm32::{
        i8x16_shuffle, i16x8_shl, u8x16, u8x16_add, u8x16_le, u8x16_splat, u8x16_sub, u64x2,
        u64x2_extract_lane, v128, v128_and, v128_andnot, v128_any_true, v128_bitselect, v128_not,
        v128_or, v128_xor,
    };

    use super::{BLOCK, ITEM};

    #[inline]
    pub fn read(block: &[u8; BLOCK]) -> Option<[u64; 2]> {
        let zero = u8x16_splat(0);
        let (mut odd, mut high, mut low) = (zero, zero, zero);
        // The digits of the sixteen items fall on sixteen different lanes, as 7 and 16 have no common divisor: so each
        // kind is gathered by masks, and put in order by one shuffle.
        macro_rules! vector {
            ($($at:literal)*) => {$(
                let vector = v128_xor(load::<$at>(block)?, lanes::<$at>([b'"', b'0', b'x', 0, 0, b'"', b',']));
                let frame = lanes::<$at>([0xff, 0xff, 0xff, 0, 0, 0xff, 0xff]);
                // The comma of the last item may be missing.
                let frame = if $at == LAST { v128_and(frame, BUT_THE_LAST) } else { frame };
                odd = v128_or(odd, v128_and(vector, frame));
                high = v128_or(high, v128_and(vector, lanes::<$at>([0, 0, 0, 0xff, 0, 0, 0])));
                low = v128_or(low, v128_and(vector, lanes::<$at>([0, 0, 0, 0, 0xff, 0, 0])));
            )*};
        }
        vector!(0 16 32 48 64 80 96);
        let high =
            i8x16_shuffle::<3, 10, 1, 8, 15, 6, 13, 4, 11, 2, 9, 0, 7, 14, 5, 12>(high, high);
        let low = i8x16_shuffle::<4, 11, 2, 9, 0, 7, 14, 5, 12, 3, 10, 1, 8, 15, 6, 13>(low, low);
        let (high, odd_high) = values(high);
        let (low, odd_low) = values(low);
        if v128_any_true(v128_or(odd, v128_or(odd_high, odd_low))) {
            return None;
        }
        // Values are below 16, so nothing is carried from a byte to the next.
        let bytes = v128_or(i16x8_shl(high, 4), low);
        Some([u64x2_extract_lane::<0>(bytes), u64x2_extract_lane::<1>(bytes)])
    }

    /// Where the last vector begins, and all its lanes but the last.
    const LAST: usize = BLOCK - 16;
    const BUT_THE_LAST: v128 = u8x16(!0, !0, !0, !0, !0, !0, !0, !0, !0, !0, !0, !0, !0, !0, !0, 0);

    /// What an item's bytes are in the lanes of the vector at a place of the block.
    const fn lanes<const AT: usize>(item: [u8; ITEM]) -> v128 {
        #[expect(
            clippy::indexing_slicing,
            clippy::arithmetic_side_effects,
            reason = "worked out by the compiler"
        )]
        const fn lane<const AT: usize>(item: [u8; ITEM], lane: usize) -> u8 {
            item[(AT + lane) % ITEM]
        }
        u8x16(
            lane::<AT>(item, 0),
            lane::<AT>(item, 1),
            lane::<AT>(item, 2),
            lane::<AT>(item, 3),
            lane::<AT>(item, 4),
            lane::<AT>(item, 5),
            lane::<AT>(item, 6),
            lane::<AT>(item, 7),
            lane::<AT>(item, 8),
            lane::<AT>(item, 9),
            lane::<AT>(item, 10),
            lane::<AT>(item, 11),
            lane::<AT>(item, 12),
            lane::<AT>(item, 13),
            lane::<AT>(item, 14),
            lane::<AT>(item, 15),
        )
    }

    #[inline]
    fn load<const AT: usize>(block: &[u8; BLOCK]) -> Option<v128> {
        let (low, rest) = block.get(AT..)?.split_first_chunk::<8>()?;
        let high = rest.first_chunk::<8>()?;
        Some(u64x2(u64::from_le_bytes(*low), u64::from_le_bytes(*high)))
    }

    /// Digits to their values, and lanes that are not zero for what is none.
    #[inline]
    fn values(digits: v128) -> (v128, v128) {
        let figure = u8x16_sub(digits, u8x16_splat(b'0'));
        let letter = u8x16_sub(digits, u8x16_splat(b'a'));
        let is_figure = u8x16_le(figure, u8x16_splat(9));
        let is_letter = u8x16_le(letter, u8x16_splat(5));
        let value = v128_bitselect(figure, u8x16_add(letter, u8x16_splat(10)), is_figure);
        (value, v128_andnot(v128_not(is_figure), is_letter))
    }
}

/// The same byte by byte, for the hosts that the tests run on.
#[cfg(not(target_arch = "wasm32"))]
mod plain {
    use super::{BLOCK, ITEM};
    use crate::hex_run::one;

    pub fn read(block: &[u8; BLOCK]) -> Option<[u64; 2]> {
        let mut bytes = 0_u128;
        let (items, _) = block.as_chunks::<ITEM>();
        for (behind, item) in (0..items.len()).rev().zip(items) {
            let (byte, comma) = one(item)?;
            if !comma && behind > 0 {
                return None;
            }
            bytes = (bytes >> 8) | (u128::from(byte) << 120);
        }
        let half = |half: u128| u64::try_from(half & u128::from(u64::MAX)).ok();
        Some([half(bytes)?, half(bytes >> 64)?])
    }
}
