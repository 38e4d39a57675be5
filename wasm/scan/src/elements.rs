//! Whole elements in one go: `{"key":["0x01",…],"value":["0x00",…]}`, with or without `formatted` behind the value.
//!
//! What is read here is just what the way through tokens would read without a word; anything else is left to it.

use crate::counts::Counts;
use crate::element::Element;
use crate::hex_run;
use crate::likeness::Likeness;
use crate::sink::RecordRun;
use crate::skip;

/// The sizes of a key and of a value.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    pub key: usize,
    pub value: usize,
}

/// Reads elements of the sizes of those before them, as long as they come, and counts them.
///
/// A function of its own, as small as can be: an engine that compiles what is called often takes the longer the larger
/// it is, and until then goes on at a tenth of the speed.
#[inline(never)]
pub fn read(
    input: &[u8],
    counts: &mut Counts,
    element: &mut Element,
    formatted: &mut Likeness,
) -> RecordRun {
    let Some(sizes) = counts.sizes() else { return RecordRun::default() };
    let mut run = RecordRun { length: 0, records: 0, open: true };
    while run.open {
        element.restart(counts.samples_next());
        let rest = input.get(run.length..).unwrap_or(&[]);
        let Some((behind, open)) = one(rest, sizes, element, formatted) else { break };
        counts.add_quietly(element);
        run.length = input.len().wrapping_sub(behind.len());
        run.records = run.records.wrapping_add(1);
        run.open = open;
    }
    // What was read of an element that is left to others must not count.
    element.restart(false);
    run
}

/// One element with the comma behind it: what follows, and whether there was a comma.
#[inline]
fn one<'a>(
    input: &'a [u8],
    sizes: Sizes,
    element: &mut Element,
    formatted: &mut Likeness,
) -> Option<(&'a [u8], bool)> {
    let input = skip::byte(input, b'{')?;
    let input = skip::literal(input, b"\"key\"")?;
    let input = skip::byte(input, b':')?;
    let input = array(skip::byte(input, b'[')?, sizes.key, &mut element.key)?;
    let input = skip::byte(input, b',')?;
    let input = skip::literal(input, b"\"value\"")?;
    let input = skip::byte(input, b':')?;
    let input = array(skip::byte(input, b'[')?, sizes.value, &mut element.value)?;
    let input = match skip::byte(input, b',') {
        Some(input) => {
            let input = skip::literal(input, b"\"formatted\"")?;
            formatted.skip(skip::blanks(skip::byte(input, b':')?))?
        }
        None => input,
    };
    let input = skip::byte(input, b'}')?;
    // At the end of the chunk it is not known what follows.
    match input {
        [] => None,
        [b',', behind @ ..] => Some((behind, true)),
        _ => Some((input, false)),
    }
}

/// The items of an array of bytes, and its end.
#[inline]
fn array<'a>(input: &'a [u8], items: usize, bytes: &mut impl hex_run::Take) -> Option<&'a [u8]> {
    skip::byte(hex_run::exactly(skip::blanks(input), items, bytes)?, b']')
}
