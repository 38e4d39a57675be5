//! What was skipped, repaired or broke off while the rest was read.

use crate::limits::MAX_PROBLEMS_PER_CODE;

/// The kinds of problem; the names are those of the project's error catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemCode {
    /// The input ends inside a record.
    Truncated,
    /// A value is not what its field holds.
    Malformed,
    /// A record is left out.
    SkippedRecord,
    /// The format's rules are broken in a way that is known, and it was read anyway.
    Repaired,
    /// An integer past 2^53 is left out.
    InexactInteger,
    /// The tool that wrote the input reported an error in it.
    ToolError,
    /// Something is larger or deeper than the limits.
    OverLimit,
}

/// One problem with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind it is.
    pub code: ProblemCode,
    /// Byte offset in the input.
    pub offset: u64,
    /// `JSONPath`, section or field.
    pub path: String,
    /// Lower case, no final full stop, with the value that was found.
    pub message: String,
}

/// The problems met so far: the first few of each code in full, the rest as a count.
#[derive(Debug, Default)]
pub struct Problems {
    kept: Vec<Problem>,
    met: Met,
}

impl Problems {
    /// Adds one; the path is only made when the problem is kept.
    pub fn add(
        &mut self,
        code: ProblemCode,
        offset: u64,
        path: impl FnOnce() -> String,
        message: impl Into<String>,
    ) {
        let met = self.met.of(code);
        *met = met.saturating_add(1);
        if *met <= MAX_PROBLEMS_PER_CODE {
            self.kept.push(Problem { code, offset, path: path(), message: message.into() });
        }
    }

    /// The problems in the order they were met, each code that overflowed closed by one that counts the rest.
    #[must_use]
    pub fn finish(mut self) -> Vec<Problem> {
        for last in (0..self.kept.len()).rev() {
            let Some(problem) = self.kept.get(last) else { continue };
            let met = self.met.of(problem.code);
            let rest = met.saturating_sub(MAX_PROBLEMS_PER_CODE);
            *met = 0;
            if rest > 0 {
                let more =
                    Problem { message: format!("{rest} more like this one"), ..problem.clone() };
                self.kept.push(more);
            }
        }
        self.kept
    }
}

/// How many of each code were met.
#[derive(Debug, Default)]
struct Met {
    truncated: usize,
    malformed: usize,
    skipped_record: usize,
    repaired: usize,
    inexact_integer: usize,
    tool_error: usize,
    over_limit: usize,
}

impl Met {
    fn of(&mut self, code: ProblemCode) -> &mut usize {
        match code {
            ProblemCode::Truncated => &mut self.truncated,
            ProblemCode::Malformed => &mut self.malformed,
            ProblemCode::SkippedRecord => &mut self.skipped_record,
            ProblemCode::Repaired => &mut self.repaired,
            ProblemCode::InexactInteger => &mut self.inexact_integer,
            ProblemCode::ToolError => &mut self.tool_error,
            ProblemCode::OverLimit => &mut self.over_limit,
        }
    }
}
