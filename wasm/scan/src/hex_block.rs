//! Up to sixteen items `"0x1f",` at a time: seven vectors of 16 bytes, in which the same lanes always hold the same.

/// Bytes of one item with what separates it from the next.
pub const ITEM: usize = 7;

/// Items of a block, and its bytes.
pub const ITEMS: usize = 16;
pub const BLOCK: usize = ITEM * ITEMS;

/// The bytes of a block's first items as little-endian words, zeroes behind them; nothing when those are not as bpftool
/// writes them, in lower case. What is behind the last of them is not looked at.
#[inline]
pub fn read(block: &[u8; BLOCK], items: usize) -> Option<[u64; 2]> {
    #[cfg(target_arch = "wasm32")]
    return simd::read(block, items);
    #[cfg(not(target_arch = "wasm32"))]
    return plain::read(block, items);
}

/// The same in instructions on vectors.
#[cfg(target_arch = "wasm32")]
mod simd {
    use core::arch::wasm32::{
        i8x16_gt, i8x16_shuffle, i8x16_swizzle, i16x8_shl, u8x16, u8x16_splat, u8x16_sub, u64x2,
        u64x2_extract_lane, v128, v128_and, v128_any_true, v128_or, v128_xor,
    };
    use core::hint::black_box;

    use super::{BLOCK, ITEM, ITEMS};

    /// Vectors of a block.
    const VECTORS: usize = BLOCK / 16;
    type Block = [v128; VECTORS];

    struct Tables {
        /// Items that are zero.
        zeroes: Block,
        /// All bits where an item has its higher, and its lower digit.
        high: Block,
        low: Block,
        /// By how many items count: all bits where they are no digit. The comma of the last may be missing.
        frames: [Block; ITEMS + 1],
        /// By how many items count: all bits where they are.
        items: [v128; ITEMS + 1],
        /// The digits, each without what all figures have in common.
        digits: v128,
    }

    static TABLES: Tables = tables();

    /// No bit.
    const NONE: v128 = vector(&[0; 16], 0);

    #[inline]
    pub fn read(block: &[u8; BLOCK], items: usize) -> Option<[u64; 2]> {
        // Read from memory they cost one instruction each; the compiler would put them into the code, where each
        // costs five.
        let tables = black_box(&TABLES);
        let (frame, wanted) = (tables.frames.get(items)?, *tables.items.get(items)?);
        let (mut odd, mut high, mut low) = (NONE, NONE, NONE);
        // The digits of the sixteen items fall on sixteen different lanes, as 7 and 16 have no common divisor: so each
        // kind is gathered by masks, and put in order by one shuffle.
        let masks = tables.high.iter().zip(&tables.low).zip(frame);
        let (vectors, _) = block.as_chunks::<16>();
        for ((vector, zeroes), ((is_high, is_low), is_frame)) in
            vectors.iter().zip(&tables.zeroes).zip(masks)
        {
            // What is left of a digit is its difference from `0`.
            let vector = v128_xor(load(vector), *zeroes);
            odd = v128_or(odd, v128_and(vector, *is_frame));
            high = v128_or(high, v128_and(vector, *is_high));
            low = v128_or(low, v128_and(vector, *is_low));
        }
        let high =
            i8x16_shuffle::<3, 10, 1, 8, 15, 6, 13, 4, 11, 2, 9, 0, 7, 14, 5, 12>(high, high);
        let low = i8x16_shuffle::<4, 11, 2, 9, 0, 7, 14, 5, 12, 3, 10, 1, 8, 15, 6, 13>(low, low);
        let (high, odd_high) = values(v128_and(high, wanted), tables.digits);
        let (low, odd_low) = values(v128_and(low, wanted), tables.digits);
        if v128_any_true(v128_or(odd, v128_or(odd_high, odd_low))) {
            return None;
        }
        // Values are below 16, so nothing is carried from a byte to the next.
        let bytes = v128_or(i16x8_shl(high, 4), low);
        Some([u64x2_extract_lane::<0>(bytes), u64x2_extract_lane::<1>(bytes)])
    }

    #[inline]
    fn load(bytes: &[u8; 16]) -> v128 {
        let [a, b, c, d, e, f, g, h, high @ ..] = *bytes;
        u64x2(u64::from_le_bytes([a, b, c, d, e, f, g, h]), u64::from_le_bytes(high))
    }

    /// A letter's difference from the figure `0` is by so much greater than its value.
    const LETTER: u8 = (b'a' ^ b'0') - 10;

    /// Differences to values, and lanes that are not zero for what was no digit.
    #[inline]
    fn values(differences: v128, digits: v128) -> (v128, v128) {
        let is_letter = i8x16_gt(differences, u8x16_splat(9));
        let values = u8x16_sub(differences, v128_and(is_letter, u8x16_splat(LETTER)));
        // The digits of these values are what was there, or it was no digit; no digit has a value of 16 or more.
        (values, v128_xor(differences, i8x16_swizzle(digits, values)))
    }

    #[expect(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        reason = "worked out by the compiler"
    )]
    const fn tables() -> Tables {
        let (mut zeroes, mut high, mut low) = ([0; BLOCK], [0; BLOCK], [0; BLOCK]);
        let mut frames = [[0; BLOCK]; ITEMS + 1];
        let mut at = 0;
        while at < BLOCK {
            zeroes[at] = b"\"0x00\","[at % ITEM];
            match at % ITEM {
                3 => high[at] = 0xff,
                4 => low[at] = 0xff,
                _ => {
                    // The last byte of the last item is its comma.
                    let mut items = (at + 1) / ITEM + 1;
                    while items <= ITEMS {
                        frames[items][at] = 0xff;
                        items += 1;
                    }
                }
            }
            at += 1;
        }
        let mut tables = Tables {
            zeroes: vectors(&zeroes),
            high: vectors(&high),
            low: vectors(&low),
            frames: [[NONE; VECTORS]; ITEMS + 1],
            items: [NONE; ITEMS + 1],
            digits: u8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56),
        };
        let mut items = 0;
        while items <= ITEMS {
            let mut lanes = [0; 16];
            let mut lane = 0;
            while lane < items {
                lanes[lane] = 0xff;
                lane += 1;
            }
            tables.frames[items] = vectors(&frames[items]);
            tables.items[items] = vector(&lanes, 0);
            items += 1;
        }
        tables
    }

    #[expect(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        reason = "worked out by the compiler"
    )]
    const fn vectors(bytes: &[u8; BLOCK]) -> Block {
        let mut block = [NONE; VECTORS];
        let mut at = 0;
        while at < VECTORS {
            block[at] = vector(bytes, 16 * at);
            at += 1;
        }
        block
    }

    #[expect(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        reason = "worked out by the compiler"
    )]
    const fn vector(bytes: &[u8], at: usize) -> v128 {
        u8x16(
            bytes[at],
            bytes[at + 1],
            bytes[at + 2],
            bytes[at + 3],
            bytes[at + 4],
            bytes[at + 5],
            bytes[at + 6],
            bytes[at + 7],
            bytes[at + 8],
            bytes[at + 9],
            bytes[at + 10],
            bytes[at + 11],
            bytes[at + 12],
            bytes[at + 13],
            bytes[at + 14],
            bytes[at + 15],
        )
    }
}

/// The same byte by byte, for the hosts that the tests run on.
#[cfg(not(target_arch = "wasm32"))]
mod plain {
    use super::{BLOCK, ITEM};
    use crate::hex_run::one;

    pub fn read(block: &[u8; BLOCK], items: usize) -> Option<[u64; 2]> {
        let mut bytes = 0_u128;
        let (all, _) = block.as_chunks::<ITEM>();
        for (at, item) in (0_u32..).zip(all.get(..items)?) {
            let (byte, comma) = one(item)?;
            let is_last = usize::try_from(at.wrapping_add(1)) == Ok(items);
            if !comma && !is_last {
                return None;
            }
            bytes |= u128::from(byte) << at.wrapping_mul(8);
        }
        let half = |half: u128| u64::try_from(half & u128::from(u64::MAX)).ok();
        Some([half(bytes)?, half(bytes >> 64)?])
    }
}
