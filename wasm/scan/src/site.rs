//! Where in a document the reader is: which list, which record, and how that is written as `JSONPath`.

use std::fmt::Write as _;

/// A place where records are: the root, the `output` of a batch command, the `elements` of one of several dumps.
#[derive(Debug)]
pub struct List {
    /// Containers around the list.
    pub base: usize,
    /// It is an array; else one bare record.
    pub is_array: bool,
    /// Where the array was opened, as long as it has no item; only of one that stands under no key.
    pub opened: Option<u64>,
    /// Items before the present one.
    pub index: u64,
    /// Containers open inside the present record.
    pub record: Option<usize>,
    /// The present record is `{"command": …, "output": …}` of a batch file.
    pub is_batch_item: bool,
    /// The present record is an error report.
    pub is_error: bool,
    /// The key it stands under.
    label: &'static str,
}

/// The lists that are open, the outermost first; never empty.
#[derive(Debug)]
pub struct Lists {
    outer: Vec<List>,
    /// The innermost.
    pub top: List,
}

impl List {
    fn new(base: usize, label: &'static str) -> Self {
        Self {
            base,
            is_array: false,
            opened: None,
            index: 0,
            record: None,
            is_batch_item: false,
            is_error: false,
            label,
        }
    }

    /// Containers around the records.
    pub fn record_base(&self) -> usize {
        self.base.saturating_add(usize::from(self.is_array))
    }
}

impl Lists {
    pub fn new() -> Self {
        Self { outer: Vec::new(), top: List::new(0, "") }
    }

    /// Opens a list under the key `label` of the present record.
    pub fn push(&mut self, base: usize, label: &'static str) {
        let list = List::new(base, label);
        self.outer.push(std::mem::replace(&mut self.top, list));
    }

    /// Closes the innermost list; the outermost stays.
    pub fn pop(&mut self) {
        if let Some(list) = self.outer.pop() {
            self.top = list;
        }
    }

    /// True inside a list that stands under a key.
    pub fn is_nested(&self) -> bool {
        !self.outer.is_empty()
    }

    /// True when the innermost list is the output of a batch command.
    pub fn parent_is_batch_item(&self) -> bool {
        self.outer.last().is_some_and(|list| list.is_batch_item)
    }

    /// `$[812].flags`; the field may be empty.
    pub fn path(&self, field: &str) -> String {
        let mut path = String::from("$");
        for list in self.outer.iter().chain([&self.top]) {
            if !list.label.is_empty() {
                path.push('.');
                path.push_str(list.label);
            }
            if list.is_array {
                let _ = write!(path, "[{}]", list.index);
            }
        }
        if !field.is_empty() {
            path.push('.');
            path.push_str(field);
        }
        path
    }
}
