//! A type as C spells it: `const char *`, `struct flow[3]`, `int (*)(void *)`.

use super::open::Btf;
use super::types::{Kind, TypeId};
use crate::limits::MAX_SPELLING;

/// Types that one spelling may visit: functions with functions as parameters would else multiply.
const MAX_STEPS: u32 = 64;

impl Btf<'_> {
    /// The C spelling; what is too long or too deep ends in `...`.
    #[must_use]
    pub fn type_name(&self, id: TypeId) -> String {
        let mut steps = MAX_STEPS;
        let mut text = self.declare(id, String::new(), &mut steps);
        if text.len() > MAX_SPELLING {
            let end = (0..=MAX_SPELLING).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
            text.truncate(end);
            text.push_str("...");
        }
        text
    }

    /// Spells a type around what it declares: a name, `*`, `[3]`, or nothing.
    fn declare(&self, id: TypeId, declarator: String, steps: &mut u32) -> String {
        let left = steps.checked_sub(1).filter(|_| declarator.len() <= MAX_SPELLING);
        let Some(left) = left else { return join("...", &declarator) };
        *steps = left;
        let Some(of) = self.get(id) else {
            return join(if id.0 == 0 { "void" } else { "?" }, &declarator);
        };
        let tagged = |word: &str| {
            let name = self.name(of.name);
            let name = if name.is_empty() { "{...}" } else { &name };
            join(&format!("{word} {name}"), &declarator)
        };
        match of.kind {
            Kind::Struct => tagged("struct"),
            Kind::Union => tagged("union"),
            Kind::Enum | Kind::Enum64 => tagged("enum"),
            Kind::Fwd => tagged(if of.flag { "union" } else { "struct" }),
            Kind::Ptr => self.declare(of.target(), format!("*{declarator}"), steps),
            Kind::Array => {
                let length = self.array(id).map_or(0, |array| array.length);
                let element = self.array(id).map_or(TypeId(0), |array| array.element);
                self.declare(element, format!("{}[{length}]", bracket(declarator)), steps)
            }
            Kind::FuncProto => {
                let parameters = self.spell_parameters(id, steps);
                self.declare(of.target(), format!("{}({parameters})", bracket(declarator)), steps)
            }
            Kind::Const => self.qualify("const", of.target(), declarator, steps),
            Kind::Volatile => self.qualify("volatile", of.target(), declarator, steps),
            Kind::Restrict => self.qualify("restrict", of.target(), declarator, steps),
            Kind::TypeTag => self.declare(of.target(), declarator, steps),
            Kind::Func | Kind::Var => {
                let name = self.name(of.name).into_owned();
                self.declare(of.target(), name, steps)
            }
            Kind::Void
            | Kind::Int
            | Kind::Float
            | Kind::Typedef
            | Kind::Datasec
            | Kind::DeclTag => join(&self.name(of.name), &declarator),
            Kind::Unknown(number) => join(&format!("kind {number}"), &declarator),
        }
    }

    /// A qualifier stands after the `*` of a pointer, and before everything else.
    fn qualify(&self, word: &str, id: TypeId, declarator: String, steps: &mut u32) -> String {
        let is_pointer = self.strip_modifiers(id).is_some_and(|kind| kind == Kind::Ptr);
        if is_pointer {
            let space = if declarator.is_empty() { "" } else { " " };
            return self.declare(id, format!("{word}{space}{declarator}"), steps);
        }
        format!("{word} {}", self.declare(id, declarator, steps))
    }

    /// The kind behind qualifiers, but not behind typedefs.
    fn strip_modifiers(&self, id: TypeId) -> Option<Kind> {
        let mut of = self.get(id)?;
        for _ in 0..crate::limits::MAX_RESOLVE_DEPTH {
            if !of.kind.is_modifier() {
                return Some(of.kind);
            }
            of = self.get(of.target())?;
        }
        None
    }

    fn spell_parameters(&self, id: TypeId, steps: &mut u32) -> String {
        let mut text = String::new();
        for parameter in self.parameters(id) {
            if !text.is_empty() {
                text.push_str(", ");
            }
            if *steps == 0 || text.len() > MAX_SPELLING {
                text.push_str("...");
                break;
            }
            if parameter.type_id.0 == 0 && parameter.name.0 == 0 {
                text.push_str("...");
            } else {
                text.push_str(&self.declare(parameter.type_id, String::new(), steps));
            }
        }
        if text.is_empty() { "void".to_owned() } else { text }
    }
}

/// `[3]` and `(void)` bind closer than `*`.
fn bracket(declarator: String) -> String {
    if declarator.starts_with('*') { format!("({declarator})") } else { declarator }
}

fn join(base: &str, declarator: &str) -> String {
    let space = if declarator.is_empty() || declarator.starts_with('[') { "" } else { " " };
    format!("{base}{space}{declarator}")
}
