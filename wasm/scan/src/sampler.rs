//! A few elements as they are, for those who know what the bytes mean: the first ones, and others evenly over the dump.

use mapscope_parser::limits::{MAX_SAMPLED_FIRST, MAX_SAMPLED_SPREAD};

use crate::bytes::{Key, Value};
use crate::number::exact;

/// An element of the sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Sampled {
    /// Elements before it.
    pub index: f64,
    /// The key, cut at [`mapscope_parser::limits::MAX_SAMPLED_KEY`].
    pub key: Vec<u8>,
    /// The value, or the values of all CPUs, cut at [`mapscope_parser::limits::MAX_SAMPLED_VALUE`].
    pub value: Vec<u8>,
}

/// Chooses by an element's place alone, so that the same dump gives the same sample: the first ones, and behind them
/// each whose place is a multiple of a step, which doubles whenever there are too many.
#[derive(Debug)]
pub struct Sampler {
    first: Vec<Sampled>,
    /// With the place as an integer.
    spread: Vec<(u64, Sampled)>,
    step: u64,
}

impl Default for Sampler {
    fn default() -> Self {
        Self { first: Vec::new(), spread: Vec::new(), step: 1 }
    }
}

impl Sampler {
    /// Whether the element at a place is one of the sample.
    #[inline]
    pub fn wants(&self, index: u64) -> bool {
        // The step is a power of two.
        index & self.step.wrapping_sub(1) == 0 || self.first.len() < MAX_SAMPLED_FIRST
    }

    /// Takes the element at a place, which [`Self::wants`] wanted.
    pub fn take(&mut self, index: u64, key: &mut Key, value: &mut Value) {
        let sampled =
            Sampled { index: exact(index), key: key.copy.take(), value: value.copy.take() };
        if self.first.len() < MAX_SAMPLED_FIRST {
            self.first.push(sampled);
            return;
        }
        self.spread.push((index, sampled));
        while self.spread.len() > MAX_SAMPLED_SPREAD {
            self.step = self.step.saturating_mul(2);
            let last = self.step.wrapping_sub(1);
            self.spread.retain(|it| it.0 & last == 0);
        }
    }

    /// The sample in the order of the dump.
    pub fn finish(self) -> Vec<Sampled> {
        self.first.into_iter().chain(self.spread.into_iter().map(|it| it.1)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_ones_and_an_even_spread() {
        for count in [0_u64, 5, 16, 17, 100, 1000, 123_457] {
            let mut sampler = Sampler::default();
            for index in 0..count {
                if sampler.wants(index) {
                    sampler.take(index, &mut Key::default(), &mut Value::default());
                }
            }
            let step = sampler.step;
            let places: Vec<f64> = sampler.finish().iter().map(|it| it.index).collect();
            let first = u64::try_from(MAX_SAMPLED_FIRST).expect("small");
            let wanted = (0..count).filter(|index| *index < first || index % step == 0);
            let expected: Vec<f64> = wanted.map(exact).collect();
            assert_eq!(places, expected, "{count} elements");
            assert!(places.len() <= MAX_SAMPLED_FIRST + MAX_SAMPLED_SPREAD);
            assert!(count < 100 || places.len() > MAX_SAMPLED_FIRST + MAX_SAMPLED_SPREAD / 2 - 2);
        }
    }
}
