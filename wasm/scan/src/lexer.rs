//! Bytes to tokens, across chunk borders. Knows no grammar: anything that is not a string or punctuation is a word.

use mapscope_parser::limits::{MAX_TEXT, MAX_WORD};

/// What the bytes are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// One of `{ } [ ] , :`.
    Punctuation(u8),
    /// A string, still escaped.
    Text { span: Span, escaped: bool, cut: bool },
    /// A run of anything else: a number, `true`, `null`, and what bpftool writes bare, such as `(nil)`.
    /// At most [`MAX_WORD`] bytes of it.
    Word(Span),
}

/// Where a token's bytes are; valid until the lexer goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// In the input that was given.
    Input { start: usize, end: usize },
    /// It began in an earlier chunk, so the lexer holds it.
    Held,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Between,
    InText { escaped: bool, after_backslash: bool },
    InWord,
}

/// The lexer's state between chunks: at most one unfinished token.
#[derive(Debug)]
pub struct Lexer {
    state: State,
    held: Vec<u8>,
    cut: bool,
    /// The token that was handed out last is in `held`.
    spent: bool,
}

impl Lexer {
    pub fn new() -> Self {
        Self { state: State::Between, held: Vec::new(), cut: false, spent: false }
    }

    /// True when the input so far ends inside a string or a word.
    pub fn inside_token(&self) -> bool {
        self.state != State::Between
    }

    /// True when the input so far ends inside a string.
    pub fn inside_text(&self) -> bool {
        matches!(self.state, State::InText { .. })
    }

    /// Forgets the unfinished token.
    pub fn reset(&mut self) {
        self.state = State::Between;
        self.held.clear();
        self.cut = false;
        self.spent = false;
    }

    /// Goes on as if `head` and the quote before it had just been read.
    pub fn resume_in_text(&mut self, head: &[u8]) {
        self.reset();
        self.held.extend_from_slice(head);
        self.state = State::InText { escaped: false, after_backslash: false };
    }

    /// The bytes of a token that [`Self::next`] just gave for this input.
    pub fn bytes<'a>(&'a self, input: &'a [u8], span: Span) -> &'a [u8] {
        match span {
            Span::Input { start, end } => input.get(start..end).unwrap_or(&[]),
            Span::Held => &self.held,
        }
    }

    /// The next token of `input` from `at` on; `None` when more input is needed.
    #[inline]
    pub fn next(&mut self, input: &[u8], at: &mut usize) -> Option<Token> {
        if self.state == State::Between {
            if self.spent {
                self.held.clear();
                self.cut = false;
                self.spent = false;
            }
            let mut first = *input.get(*at)?;
            while is_blank(first) {
                *at = at.wrapping_add(1);
                first = *input.get(*at)?;
            }
            match first {
                b'{' | b'}' | b'[' | b']' | b',' | b':' => {
                    *at = at.wrapping_add(1);
                    return Some(Token::Punctuation(first));
                }
                b'"' => {
                    *at = at.wrapping_add(1);
                    self.state = State::InText { escaped: false, after_backslash: false };
                }
                _ => self.state = State::InWord,
            }
        }
        match self.state {
            State::InText { escaped, after_backslash } => {
                self.text(input, at, escaped, after_backslash)
            }
            _ => self.word(input, at),
        }
    }

    /// The word that the end of the input ends.
    pub fn finish(&mut self) -> Option<&[u8]> {
        if self.state != State::InWord {
            return None;
        }
        self.state = State::Between;
        self.spent = true;
        Some(&self.held)
    }

    fn text(
        &mut self,
        input: &[u8],
        at: &mut usize,
        mut escaped: bool,
        mut after_backslash: bool,
    ) -> Option<Token> {
        let start = *at;
        let rest = input.get(*at..)?;
        let mut end = 0_usize;
        if after_backslash && !rest.is_empty() {
            after_backslash = false;
            end = 1;
        }
        loop {
            let tail = rest.get(end..).unwrap_or(&[]);
            let Some(found) = quote_or_backslash(tail) else {
                self.hold(rest, MAX_TEXT);
                *at = input.len();
                self.state = State::InText { escaped, after_backslash };
                return None;
            };
            end = end.wrapping_add(found);
            if rest.get(end) == Some(&b'"') {
                break;
            }
            escaped = true;
            after_backslash = rest.len().wrapping_sub(end) == 1;
            end = end.wrapping_add(2).min(rest.len());
        }
        self.state = State::Between;
        *at = at.wrapping_add(end).wrapping_add(1);
        let raw = rest.get(..end).unwrap_or(&[]);
        if self.held.is_empty() && !self.cut {
            let span = Span::Input { start, end: start.wrapping_add(end.min(MAX_TEXT)) };
            return Some(Token::Text { span, escaped, cut: end > MAX_TEXT });
        }
        self.hold(raw, MAX_TEXT);
        self.spent = true;
        Some(Token::Text { span: Span::Held, escaped, cut: self.cut })
    }

    fn word(&mut self, input: &[u8], at: &mut usize) -> Option<Token> {
        let start = *at;
        let rest = input.get(*at..)?;
        let Some(end) = rest.iter().position(|&byte| ends_word(byte)) else {
            self.hold(rest, MAX_WORD);
            *at = input.len();
            return None;
        };
        self.state = State::Between;
        *at = at.wrapping_add(end);
        let raw = rest.get(..end).unwrap_or(&[]);
        if self.held.is_empty() {
            let end = start.wrapping_add(end.min(MAX_WORD));
            return Some(Token::Word(Span::Input { start, end }));
        }
        self.hold(raw, MAX_WORD);
        self.spent = true;
        Some(Token::Word(Span::Held))
    }

    fn hold(&mut self, bytes: &[u8], limit: usize) {
        let room = limit.saturating_sub(self.held.len());
        self.cut |= bytes.len() > room;
        self.held.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
    }
}

/// Where the first quote or backslash is, looked for eight bytes at a time.
#[inline]
pub fn quote_or_backslash(bytes: &[u8]) -> Option<usize> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    // The lowest byte in which the high bit is set is the first that is zero; higher ones may be wrong.
    let zeroes = |word: u64| word.wrapping_sub(EACH) & !word & HIGH;
    let mut at = 0_usize;
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*chunk);
        let quotes = zeroes(word ^ EACH.wrapping_mul(0x22));
        let backslashes = zeroes(word ^ EACH.wrapping_mul(0x5c));
        let found = quotes | backslashes;
        if found != 0 {
            let byte = usize::try_from(found.trailing_zeros() >> 3).unwrap_or(0);
            return Some(at.wrapping_add(byte));
        }
        at = at.wrapping_add(8);
    }
    let rest = bytes.get(at..)?;
    let found = rest.iter().position(|&byte| byte == b'"' || byte == b'\\')?;
    Some(at.wrapping_add(found))
}

#[inline]
pub fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

#[inline]
pub fn ends_word(byte: u8) -> bool {
    is_blank(byte) || matches!(byte, b'{' | b'}' | b'[' | b']' | b',' | b':' | b'"')
}
