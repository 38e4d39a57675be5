//! On how many CPUs, and on which, the values of a per-CPU map are not zero.

use mapscope_parser::limits::MAX_CPUS;

/// Lengths in use of the values of one element, in the order of its CPUs.
#[derive(Debug, Default)]
pub struct CpuValues {
    used: Vec<u64>,
    /// Items of `values`, also those past the limit.
    pub count: u32,
    /// What the values before the present one had together, so that its own length can be told.
    before: u64,
}

/// Counted over the elements.
#[derive(Debug, Default)]
pub struct CpuSpread {
    /// By CPU: elements whose value there is not zero.
    by_cpu: Vec<u64>,
    /// By how many CPUs have a value that is not zero: elements.
    by_cpus: Vec<u64>,
}

impl CpuValues {
    pub fn restart(&mut self) {
        self.used.clear();
        self.count = 0;
        self.before = 0;
    }

    /// The value of the next CPU ends. `length` and `used` are of the values so far, one after the other.
    pub fn end_value(&mut self, length: u64, used: u64) {
        if self.used.len() < MAX_CPUS {
            self.used.push(used.saturating_sub(self.before));
        }
        self.before = length;
    }

    /// Lengths in use, in the order of the CPUs.
    pub fn used(&self) -> &[u64] {
        &self.used
    }
}

impl CpuSpread {
    /// Counts an element.
    pub fn add(&mut self, values: &CpuValues) {
        let mut cpus = 0_usize;
        if self.by_cpu.len() < values.used.len() {
            self.by_cpu.resize(values.used.len(), 0);
        }
        for (count, &used) in self.by_cpu.iter_mut().zip(&values.used) {
            *count = count.wrapping_add(u64::from(used > 0));
            cpus = cpus.wrapping_add(usize::from(used > 0));
        }
        if self.by_cpus.len() <= cpus {
            self.by_cpus.resize(cpus.wrapping_add(1), 0);
        }
        if let Some(count) = self.by_cpus.get_mut(cpus) {
            *count = count.wrapping_add(1);
        }
    }

    /// By CPU: elements whose value there is not zero.
    pub fn by_cpu(&self) -> &[u64] {
        &self.by_cpu
    }

    /// By how many CPUs have a value that is not zero, from none on: elements.
    pub fn by_cpus(&self) -> &[u64] {
        &self.by_cpus
    }
}
