//! Where each member of a type is, and the bits that none uses: what `pahole` prints, for nested structures as well.

use super::member::Member;
use super::open::Btf;
use super::types::{Kind, TypeId};
use crate::limits::{MAX_LAYOUT_MEMBERS, MAX_RESOLVE_DEPTH};

/// The members of a type and the gaps between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The C spelling.
    pub type_name: String,
    /// Bytes of the whole type.
    pub size: u32,
    /// An array is laid out once for all its elements; 1 for other types.
    pub elements: u32,
    /// All members in order, those of nested structures and unions after the member that has them.
    pub members: Vec<LayoutMember>,
    /// Bits that no member uses. An array of structures inside is told once.
    pub gaps: Vec<Gap>,
    /// Bits of all gaps outside of unions, those of array elements as often as there are elements.
    pub lost_bits: u64,
    /// False when there were more members, or deeper ones, than are followed.
    pub complete: bool,
}

/// One member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayoutMember {
    /// Empty for an anonymous structure or union.
    pub name: String,
    /// The C spelling.
    pub type_name: String,
    /// From the start of the outermost type, or of its first element.
    pub bit_offset: u64,
    /// Bits it takes; of an array all elements together.
    pub bits: u64,
    /// 0 for members of the outermost structure.
    pub depth: u32,
}

/// Bits that no member uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// From the start of the outermost type, or of its first element.
    pub bit_offset: u64,
    /// How many bits.
    pub bits: u64,
    /// 0 for a gap between members of the outermost structure.
    pub depth: u32,
    /// After the last member (padding), not before one (a hole).
    pub trailing: bool,
}

impl Btf<'_> {
    /// The layout of a type; nothing when it has no size.
    #[must_use]
    pub fn layout(&self, id: TypeId) -> Option<Layout> {
        let size = self.size_of(id)?;
        let (element, elements) = self.element_of(id)?;
        let mut layout = Layout {
            type_name: self.type_name(id),
            size,
            elements,
            members: Vec::new(),
            gaps: Vec::new(),
            lost_bits: 0,
            complete: true,
        };
        let outermost = Part { at: 0, depth: 0, times: elements.into() };
        self.lay_out(element, outermost, &mut Vec::new(), &mut layout);
        Some(layout)
    }

    /// The type behind typedefs and arrays, and how many elements the arrays have together.
    fn element_of(&self, id: TypeId) -> Option<(TypeId, u32)> {
        let (mut id, mut elements) = (id, 1_u32);
        for _ in 0..MAX_RESOLVE_DEPTH {
            let (stripped, of) = self.strip(id)?;
            if of.kind != Kind::Array {
                return Some((stripped, elements));
            }
            let array = self.array(stripped)?;
            elements = elements.checked_mul(array.length)?;
            id = array.element;
        }
        None
    }

    /// Adds the members of a structure or union, and theirs; `around` are the structures that it is in.
    fn lay_out(&self, id: TypeId, part: Part, around: &mut Vec<TypeId>, layout: &mut Layout) {
        let Some(of) = self.get(id).filter(|of| matches!(of.kind, Kind::Struct | Kind::Union))
        else {
            return;
        };
        // No structure of C is in itself.
        if around.len() >= MAX_RESOLVE_DEPTH || around.contains(&id) {
            layout.complete = false;
            return;
        }
        around.push(id);
        let is_union = of.kind == Kind::Union;
        let mut taken = Vec::new();
        for member in self.members(id) {
            if layout.members.len() >= MAX_LAYOUT_MEMBERS {
                layout.complete = false;
                return;
            }
            let (start, bits) = self.extent(&member);
            let at = part.at.saturating_add(start);
            taken.push((start, bits));
            layout.members.push(LayoutMember {
                name: self.name(member.name).into_owned(),
                type_name: self.type_name(member.type_id),
                bit_offset: at,
                bits,
                depth: part.depth,
            });
            if let Some((element, elements)) = self.element_of(member.type_id) {
                let times = if is_union { 0 } else { part.times.saturating_mul(elements.into()) };
                let inner = Part { at, depth: part.depth.saturating_add(1), times };
                self.lay_out(element, inner, around, layout);
            }
        }
        around.pop();
        if !is_union {
            add_gaps(taken, u64::from(of.size_or_type).saturating_mul(8), part, layout);
        }
    }

    /// Where a member starts in its structure, and how many bits it takes.
    fn extent(&self, member: &Member) -> (u64, u64) {
        let start = u64::from(member.bit_offset);
        if member.bitfield_bits > 0 {
            return (start, member.bitfield_bits.into());
        }
        let bytes = u64::from(self.size_of(member.type_id).unwrap_or(0));
        // Before `kind_flag` a bit field was a member of an integer type of that many bits.
        let narrow = self.strip(member.type_id).and_then(|(id, _)| self.integer(id));
        match narrow.filter(|integer| u64::from(integer.bits) < bytes.saturating_mul(8)) {
            Some(integer) => (start.saturating_add(integer.bit_offset.into()), integer.bits.into()),
            None => (start, bytes.saturating_mul(8)),
        }
    }
}

/// A structure inside the outermost type.
#[derive(Debug, Clone, Copy)]
struct Part {
    /// Where it starts, in bits.
    at: u64,
    depth: u32,
    /// How often it is there: the elements of all arrays around it; 0 in a union.
    times: u64,
}

fn add_gaps(mut taken: Vec<(u64, u64)>, end: u64, part: Part, layout: &mut Layout) {
    taken.sort_unstable();
    let mut free_from = 0_u64;
    let last = (end, 0);
    for (position, (start, bits)) in taken.iter().copied().chain([last]).enumerate() {
        let gap = start.saturating_sub(free_from);
        if gap > 0 {
            layout.gaps.push(Gap {
                bit_offset: part.at.saturating_add(free_from),
                bits: gap,
                depth: part.depth,
                trailing: position == taken.len(),
            });
            layout.lost_bits = layout.lost_bits.saturating_add(gap.saturating_mul(part.times));
        }
        free_from = free_from.max(start.saturating_add(bits));
    }
}
