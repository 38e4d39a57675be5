//! Tokens to events: follows the nesting and the order of keys, values and separators.

use crate::lexer::{Lexer, Token};
use crate::member::{self, Member};
use crate::text::Text;
use mapscope_parser::limits::MAX_DEPTH;

/// A step through a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    Open(Container),
    Close(Container),
    Key(Text<'a>),
    Text(Text<'a>),
    Word(&'a [u8]),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    Object,
    Array,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    /// A value: after `[`, `:` or a comma in an array.
    Value,
    /// A value or the end: after `[`.
    ValueOrClose,
    /// A key or the end: after `{`.
    KeyOrClose,
    /// A key: after a comma in an object.
    Key,
    Colon,
    /// After a value inside a container.
    CommaOrClose,
    /// Outside of everything, before or after a root value.
    Root,
}

/// What became of the attempt to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// What was read, and how many containers are open behind it.
    Event(usize, Event<'a>),
    NeedInput,
    /// A bare word behind a value, where a comma should be: maybe the second piece of it.
    SecondWord(&'a [u8]),
    /// The grammar is broken; the walker cannot go on from here.
    Broken(&'static str),
    /// More containers are open than the limits allow.
    TooDeep,
}

#[derive(Debug)]
pub struct Walker {
    lexer: Lexer,
    /// The open containers, the innermost last.
    open: Vec<Container>,
    expect: Expect,
    /// Root values are joined by a comma, which no JSON document does.
    pub joined_roots: bool,
}

impl Walker {
    pub fn new() -> Self {
        Self {
            lexer: Lexer::new(),
            open: Vec::with_capacity(MAX_DEPTH),
            expect: Expect::Root,
            joined_roots: false,
        }
    }

    /// True where an item of an array begins, so that items can be read without the walker; passes a comma before it.
    pub fn before_item(&mut self, input: &[u8], at: &mut usize) -> bool {
        if self.lexer.inside_token() || self.in_object() {
            return false;
        }
        if self.expect == Expect::CommaOrClose && input.get(*at) == Some(&b',') {
            *at = at.wrapping_add(1);
            self.expect = Expect::Value;
        }
        matches!(self.expect, Expect::Value | Expect::ValueOrClose)
    }

    /// Tells that items were read without the walker; `open` when the last one has a comma behind it.
    pub fn items_were_read(&mut self, open: bool) {
        self.expect = if open { Expect::Value } else { Expect::CommaOrClose };
    }

    /// A whole member of the innermost object, with the comma behind it, if it is a simple one.
    #[expect(
        clippy::inline_always,
        reason = "a member is then kept in registers; measured: a quarter faster"
    )]
    #[inline(always)]
    pub fn member<'a>(&mut self, input: &'a [u8], at: usize) -> Option<Member<'a>> {
        let before_key = matches!(self.expect, Expect::Key | Expect::KeyOrClose);
        if !before_key || self.lexer.inside_token() {
            return None;
        }
        let member = member::read(input, at)?;
        match member.value {
            Event::Open(_) if self.open.len() >= MAX_DEPTH => return None,
            Event::Open(container) => self.enter(container),
            _ => self.expect = if member.open { Expect::Key } else { Expect::CommaOrClose },
        }
        Some(member)
    }

    /// Containers that are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// True when the input so far may end here.
    pub fn at_rest(&self) -> bool {
        self.open.is_empty() && !self.lexer.inside_text()
    }

    pub fn inside_text(&self) -> bool {
        self.lexer.inside_text()
    }

    /// Goes on inside a new object, behind a key and its colon; `depth` containers are around it, the innermost a list.
    pub fn resume_at_value(&mut self, depth: usize) {
        self.lexer.reset();
        self.open.truncate(depth.saturating_sub(1));
        self.open.resize(depth, Container::Array);
        self.enter(Container::Object);
        self.expect = Expect::Value;
    }

    /// Goes on inside a new object where a comma should have been.
    pub fn open_unseparated(&mut self) {
        self.enter(Container::Object);
    }

    /// Leaves an array behind a comma that nothing follows.
    pub fn close_behind_comma(&mut self) {
        self.close(Container::Array);
    }

    /// Goes on inside a new array.
    pub fn resume_in_array(&mut self) {
        self.enter(Container::Array);
    }

    /// Goes on in a string of which `head` was read.
    pub fn resume_in_text(&mut self, head: &[u8]) {
        self.lexer.resume_in_text(head);
    }

    /// The next event of `input` from `at` on.
    #[inline]
    pub fn next<'a>(&'a mut self, input: &'a [u8], at: &mut usize) -> Step<'a> {
        loop {
            let Some(token) = self.lexer.next(input, at) else { return Step::NeedInput };
            let byte = match token {
                Token::Text { span, escaped, cut } => {
                    let is_key = match self.expect {
                        Expect::Key | Expect::KeyOrClose => true,
                        Expect::Value | Expect::ValueOrClose | Expect::Root => false,
                        Expect::Colon => {
                            return Step::Broken("a string stands where a colon is expected");
                        }
                        Expect::CommaOrClose => {
                            return Step::Broken("a string stands where a comma is expected");
                        }
                    };
                    self.expect = if is_key { Expect::Colon } else { after_value(self.open.len()) };
                    let text = Text { raw: self.lexer.bytes(input, span), escaped, cut };
                    return Step::Event(
                        self.open.len(),
                        if is_key { Event::Key(text) } else { Event::Text(text) },
                    );
                }
                Token::Word(span) => {
                    match self.expect {
                        Expect::Value | Expect::ValueOrClose | Expect::Root => {}
                        Expect::Key | Expect::KeyOrClose => {
                            return Step::Broken("a bare word stands where a key is expected");
                        }
                        Expect::Colon => {
                            return Step::Broken("a bare word stands where a colon is expected");
                        }
                        Expect::CommaOrClose => {
                            return Step::SecondWord(self.lexer.bytes(input, span));
                        }
                    }
                    self.expect = after_value(self.open.len());
                    return Step::Event(
                        self.open.len(),
                        Event::Word(self.lexer.bytes(input, span)),
                    );
                }
                Token::Punctuation(byte) => byte,
            };
            match (byte, self.expect) {
                (b':', Expect::Colon) => self.expect = Expect::Value,
                (b',', Expect::CommaOrClose) => {
                    self.expect = if self.in_object() { Expect::Key } else { Expect::Value };
                }
                (b',', Expect::Root) => self.joined_roots = true,
                // `{` in place of a key is how bpftool reports an error in the middle of an object.
                (
                    b'{',
                    Expect::Value
                    | Expect::ValueOrClose
                    | Expect::Root
                    | Expect::Key
                    | Expect::KeyOrClose,
                ) => {
                    return self.open(Container::Object);
                }
                (b'[', Expect::Value | Expect::ValueOrClose | Expect::Root) => {
                    return self.open(Container::Array);
                }
                (b'}', Expect::KeyOrClose | Expect::CommaOrClose) if self.in_object() => {
                    return self.close(Container::Object);
                }
                (b']', Expect::ValueOrClose | Expect::CommaOrClose) if !self.in_object() => {
                    return self.close(Container::Array);
                }
                _ => return Step::Broken(misplaced(byte)),
            }
        }
    }

    /// The word that the end of the input ends, where a value may stand.
    pub fn finish(&mut self) -> Option<&[u8]> {
        let root = self.expect == Expect::Root;
        self.lexer.finish().filter(|_| root)
    }

    /// Whether the innermost container is an object.
    pub fn in_object(&self) -> bool {
        self.open.last() == Some(&Container::Object)
    }

    fn open(&mut self, container: Container) -> Step<'static> {
        if self.open.len() >= MAX_DEPTH {
            return Step::TooDeep;
        }
        self.enter(container);
        Step::Event(self.open.len(), Event::Open(container))
    }

    fn enter(&mut self, container: Container) {
        self.open.push(container);
        self.expect = match container {
            Container::Object => Expect::KeyOrClose,
            Container::Array => Expect::ValueOrClose,
        };
    }

    fn close(&mut self, container: Container) -> Step<'static> {
        self.open.pop();
        self.expect = after_value(self.open.len());
        Step::Event(self.open.len(), Event::Close(container))
    }
}

fn after_value(depth: usize) -> Expect {
    if depth == 0 { Expect::Root } else { Expect::CommaOrClose }
}

fn misplaced(byte: u8) -> &'static str {
    match byte {
        b'{' => "`{` where a key or a separator is expected",
        b'[' => "`[` where a key or a separator is expected",
        b'}' => "`}` without the object it would end",
        b']' => "`]` without the array it would end",
        b',' => "`,` where a value is expected",
        _ => "`:` where none is expected",
    }
}
