//! Writes small BTF files for tests, in either byte order.

use crate::reader::ByteOrder;

/// A file in the making.
pub struct Build {
    order: ByteOrder,
    types: Vec<u8>,
    strings: Vec<u8>,
    layouts: Vec<u8>,
    /// Bytes of the strings of the file it is split from.
    inherited: u32,
}

impl Build {
    pub fn new(order: ByteOrder) -> Self {
        Self { order, types: Vec::new(), strings: vec![0], layouts: Vec::new(), inherited: 0 }
    }

    /// A file whose names go on after those of another.
    pub fn split(order: ByteOrder, inherited: u32) -> Self {
        Self { strings: Vec::new(), inherited, ..Self::new(order) }
    }

    /// A name's offset.
    pub fn name(&mut self, name: &str) -> u32 {
        if name.is_empty() {
            return 0;
        }
        let at = u32::try_from(self.strings.len()).unwrap_or(0);
        self.strings.extend(name.as_bytes());
        self.strings.push(0);
        self.inherited.wrapping_add(at)
    }

    /// Adds a type of these words after its name.
    pub fn add(&mut self, name: &str, info: u32, size_or_type: u32, rest: &[u32]) -> &mut Self {
        let name = self.name(name);
        for &word in [name, info, size_or_type].iter().chain(rest) {
            let bytes = self.bytes(word);
            self.types.extend(bytes);
        }
        self
    }

    /// `struct btf_layout` of the next kind.
    pub fn layout(&mut self, once: u8, each: u8) -> &mut Self {
        self.layouts.extend([once, each, 0, 0]);
        self
    }

    /// The file.
    pub fn finish(&self) -> Vec<u8> {
        let long = !self.layouts.is_empty();
        let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(0);
        let (types, strings) = (length(&self.types), length(&self.strings));
        let mut file = self.bytes16(0xeb9f).to_vec();
        file.extend([1, 0]);
        let header = if long { 32 } else { 24 };
        for word in [header, 0, types, types, strings] {
            file.extend(self.bytes(word));
        }
        if long {
            file.extend(self.bytes(types.wrapping_add(strings)));
            file.extend(self.bytes(length(&self.layouts)));
        }
        [file, self.types.clone(), self.strings.clone(), self.layouts.clone()].concat()
    }

    fn bytes(&self, word: u32) -> [u8; 4] {
        match self.order {
            ByteOrder::Little => word.to_le_bytes(),
            ByteOrder::Big => word.to_be_bytes(),
        }
    }

    fn bytes16(&self, word: u16) -> [u8; 2] {
        match self.order {
            ByteOrder::Little => word.to_le_bytes(),
            ByteOrder::Big => word.to_be_bytes(),
        }
    }
}

/// `info` of a kind with so many items.
pub const fn info(kind: u32, vlen: u32) -> u32 {
    (kind << 24) | vlen
}

/// `kind_flag`.
pub const FLAG: u32 = 1 << 31;
