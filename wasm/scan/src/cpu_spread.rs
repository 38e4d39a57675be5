//! On how many CPUs, and on which, the values of a per-CPU map are not zero.

use mapscope_parser::limits::MAX_CPUS;

/// Lengths in use of the values of one element, in the order of its CPUs.
#[derive(Debug, Default)]
pub struct CpuValues {
    used: Vec<u64>,
    /// Values of CPUs, also those past the limit.
    pub count: u32,
    /// Items of `values`, also those without a value.
    items: u32,
    /// The CPU that the next item is of.
    next: u64,
    /// A value is missing, and that was told.
    is_damaged: bool,
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
        (self.count, self.items, self.next, self.before) = (0, 0, 0, 0);
        self.is_damaged = false;
    }

    /// An item of `values` begins.
    pub fn begin_item(&mut self) {
        self.items = self.items.saturating_add(1);
    }

    /// The present item is of this CPU. The one that should come, when it is another one.
    pub fn index(&mut self, cpu: Option<u64>) -> Option<u64> {
        let expected = self.next;
        self.next = cpu.unwrap_or(expected).saturating_add(1);
        (cpu != Some(expected)).then_some(expected)
    }

    /// A value is missing.
    #[cold]
    pub fn damage(&mut self) {
        self.is_damaged = true;
    }

    /// Values are missing of which nothing was told yet.
    pub fn lacks_values(&self) -> bool {
        let whole = self.count == self.items && u64::from(self.items) == self.next;
        !whole && !self.is_damaged
    }

    /// It is an element of a per-CPU map.
    pub fn any(&self) -> bool {
        self.items > 0 || self.is_damaged
    }

    /// How many CPUs there are, when there is a value of each.
    pub fn whole(&self) -> Option<u32> {
        (!self.is_damaged && !self.lacks_values()).then_some(self.count)
    }

    /// The value of a CPU ends. `length` and `used` are of the values so far, one after the other.
    pub fn end_value(&mut self, length: u64, used: u64) {
        self.count = self.count.saturating_add(1);
        if self.used.len() < MAX_CPUS {
            self.used.push(used.saturating_sub(self.before));
        }
        self.before = length;
    }

    /// Bytes of one value.
    pub fn value_size(&self) -> Option<u64> {
        self.before.checked_div(u64::from(self.count))
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
