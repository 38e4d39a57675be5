//! Whole elements in one go: `{"key":["0x01",…],"value":["0x00",…]}`, with or without `formatted` behind the value.
//!
//! What is read here is just what the way through tokens would read without a word; anything else is left to it.

use crate::counts::Counts;
use crate::element::Element;
use crate::hex_run;
use crate::sink::RecordRun;
use crate::skip;

/// Reads elements of the sizes of those before them, as long as they come, and counts them.
#[inline]
pub fn read(input: &[u8], counts: &mut Counts, element: &mut Element) -> RecordRun {
    let mut run = RecordRun { length: 0, records: 0, open: true };
    while run.open {
        element.restart(counts.samples_next());
        let rest = input.get(run.length..).unwrap_or(&[]);
        let Some((behind, open)) = one(rest, element) else { break };
        if !counts.has_sizes_of(element) {
            break;
        }
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
fn one<'a>(input: &'a [u8], element: &mut Element) -> Option<(&'a [u8], bool)> {
    let input = skip::byte(input, b'{')?;
    let input = skip::literal(input, b"\"key\"")?;
    let input = skip::byte(input, b':')?;
    let input = array(skip::byte(input, b'[')?, &mut element.key)?;
    let input = skip::byte(input, b',')?;
    let input = skip::literal(input, b"\"value\"")?;
    let input = skip::byte(input, b':')?;
    let input = array(skip::byte(input, b'[')?, &mut element.value)?;
    let input = match skip::byte(input, b',') {
        Some(input) => {
            let input = skip::literal(input, b"\"formatted\"")?;
            skip::value(skip::byte(input, b':')?)?
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
fn array<'a>(input: &'a [u8], bytes: &mut impl hex_run::Take) -> Option<&'a [u8]> {
    let run = hex_run::read(skip::blanks(input), bytes);
    if run.length == 0 || run.open {
        return None;
    }
    skip::byte(skip::blanks(input).get(run.length..)?, b']')
}
