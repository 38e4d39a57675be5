//! The command words of a batch file, as bpftool matches them.

/// `["map", "show"]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Command {
    words: Vec<String>,
}

/// More words than any command that is of interest has.
const MAX_WORDS: usize = 8;

impl Command {
    pub fn clear(&mut self) {
        self.words.clear();
    }

    pub fn push(&mut self, word: &str) {
        if self.words.len() < MAX_WORDS {
            self.words.push(word.to_owned());
        }
    }

    /// Whether it is `object verb …`. bpftool takes any beginning of a word for the word.
    pub fn is(&self, object: &str, verb: &str) -> bool {
        match self.words.as_slice() {
            [first, second, ..] => begins(object, first) && begins(verb, second),
            _ => false,
        }
    }

    /// The command has no verb beside its object: `bpftool map` is `bpftool map show`.
    pub fn is_bare(&self, object: &str) -> bool {
        matches!(self.words.as_slice(), [first] if begins(object, first))
    }

    /// What follows a word of the command: the `7` of `map dump id 7`.
    pub fn after(&self, word: &str) -> Option<&str> {
        let at = self.words.iter().skip(2).position(|it| it == word)?;
        self.words.get(at.saturating_add(3)).map(String::as_str)
    }
}

fn begins(word: &str, start: &str) -> bool {
    !start.is_empty() && word.starts_with(start)
}
