//! An open BTF file: where each type starts, and the strings.

use std::borrow::Cow;

use super::header::Header;
use super::types::{Kind, StringOffset, Type, TypeId};
use crate::error::ParseError;
use crate::limits::MAX_NAME;
use crate::problem::{Problem, ProblemCode, Problems};
use crate::reader::{ByteOrder, Reader, index};

/// Bytes of `struct btf_type` itself.
const TYPE_BYTES: usize = 12;

/// All types of a file, found but not read.
#[derive(Debug)]
pub struct Btf<'a> {
    data: Cow<'a, [u8]>,
    header: Header,
    /// Where `data` starts in the input.
    base: u64,
    /// Where the type section starts and ends in `data`.
    types: (usize, usize),
    /// Where the string section starts and ends in `data`.
    strings: (usize, usize),
    /// Offset of each type in the type section; the first is of the lowest id that is not of `parent`.
    offsets: Vec<u32>,
    /// What the ids and strings of a split file count on from.
    parent: Option<&'a Btf<'a>>,
    /// Bytes of `long`, found once.
    long: Option<u32>,
    problems: Vec<Problem>,
}

impl<'a> Btf<'a> {
    /// Opens raw BTF: a `.BTF` section, or a file such as `/sys/kernel/btf/vmlinux`.
    ///
    /// # Errors
    /// It is not BTF, or its header is cut; types and strings that are cut are a problem.
    pub fn parse(data: &'a [u8]) -> Result<Self, ParseError> {
        Self::open(Cow::Borrowed(data), 0, None)
    }

    /// As [`Self::parse`], where the bytes start `base` bytes into the input.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_at(data: &'a [u8], base: u64) -> Result<Self, ParseError> {
        Self::open(Cow::Borrowed(data), base, None)
    }

    /// As [`Self::parse`], keeping the bytes.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_owned(data: Vec<u8>) -> Result<Btf<'static>, ParseError> {
        Btf::open(Cow::Owned(data), 0, None)
    }

    /// Opens split BTF, such as a kernel module's: its ids and strings go on where those of `parent` end.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_with_base(data: &'a [u8], parent: &'a Btf<'a>) -> Result<Self, ParseError> {
        Self::open(Cow::Borrowed(data), 0, Some(parent))
    }

    fn open(
        data: Cow<'a, [u8]>,
        base: u64,
        parent: Option<&'a Btf<'a>>,
    ) -> Result<Self, ParseError> {
        let header = Header::parse(&data, base)?;
        let mut problems = Problems::default();
        let start = index(header.length);
        let section = |(offset, length): (u32, u32)| {
            let first = start.saturating_add(index(offset));
            (first, first.saturating_add(index(length)))
        };
        let (mut types, mut strings) = (section(header.types), section(header.strings));
        let at = |byte: usize| base.saturating_add(u64::try_from(byte).unwrap_or(u64::MAX));
        if strings.1 > data.len() {
            let message = format!(
                "strings of {} bytes at {} end past byte {}: what is named there has no name",
                header.strings.1,
                strings.0,
                data.len()
            );
            let path = || "btf_header.str_len".to_owned();
            problems.add(ProblemCode::Truncated, at(20), path, message);
            // The last one may be half a name, which would be another name.
            let there = data.get(strings.0..).unwrap_or_default();
            let whole =
                there.iter().rposition(|&byte| byte == 0).map_or(0, |at| at.saturating_add(1));
            strings.1 = strings.0.saturating_add(whole);
        }
        let texts = data.get(strings.0..strings.1).unwrap_or_default();
        if texts.last().is_some_and(|&last| last != 0) {
            problems.add(
                ProblemCode::Repaired,
                at(strings.1.saturating_sub(1)),
                || "btf_header.str_len".to_owned(),
                "the strings do not end with a zero byte",
            );
        }
        if types.1 > data.len() {
            problems.add(
                ProblemCode::Truncated,
                at(12),
                || "btf_header.type_len".to_owned(),
                format!("types end at byte {}, the data at {}", types.1, data.len()),
            );
            types = (types.0.min(data.len()), data.len());
        }
        if header.flags != 0 {
            problems.add(
                ProblemCode::Repaired,
                at(3),
                || "btf_header.flags".to_owned(),
                format!("flags {:#x} have no known meaning", header.flags),
            );
        }
        let layouts = section(header.layouts);
        let layouts = data.get(layouts.0..layouts.1).unwrap_or_default();
        let body =
            Reader::new(data.get(types.0..types.1).unwrap_or_default(), header.order, at(types.0));
        let offsets = find_types(body, layouts, &mut problems);
        let problems = problems.finish();
        let mut opened =
            Self { header, base, types, strings, offsets, parent, long: None, problems, data };
        opened.long = parent.and_then(|parent| parent.long).or_else(|| opened.find_long());
        Ok(opened)
    }

    /// The same file, with its bytes kept in it. What it is split from is left out.
    #[must_use]
    pub fn into_owned(self) -> Btf<'static> {
        let data = Cow::Owned(self.data.into_owned());
        let Self { header, base, types, strings, offsets, long, problems, .. } = self;
        Btf { data, header, base, types, strings, offsets, parent: None, long, problems }
    }

    /// Where `data` starts in the input.
    #[must_use]
    pub const fn base(&self) -> u64 {
        self.base
    }

    /// The bytes it was opened with.
    #[must_use]
    pub fn data(&self) -> &[u8] {
        &self.data
    }

    /// Where the strings that are there start and end, from the header's first byte.
    #[must_use]
    pub const fn strings(&self) -> (usize, usize) {
        self.strings
    }

    /// Where each type of this file starts, from the header's first byte, in the order of their ids.
    pub fn starts(&self) -> impl Iterator<Item = u32> {
        let first = u32::try_from(self.types.0).unwrap_or(u32::MAX);
        self.offsets.iter().map(move |at| at.saturating_add(first))
    }

    /// The header.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// The order of the bytes of a number.
    #[must_use]
    pub const fn order(&self) -> ByteOrder {
        self.header.order
    }

    /// What was cut or not understood.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Tells of names past the end of all strings, of which `inherited` bytes are those of a base: so it is with split
    /// BTF whose base is not at hand.
    pub fn tell_names_past_end(&self, inherited: u32, problems: &mut Problems) {
        let end = inherited.saturating_add(self.header.strings.1);
        let body = self.body();
        let name_at = |&at: &u32| body.u32_at(index(at)).filter(|&name| name >= end.max(1));
        let mut past = self.offsets.iter().enumerate().filter_map(|(row, at)| {
            let name = name_at(at)?;
            Some((row, *at, name))
        });
        let Some((row, at, name)) = past.next() else { return };
        let count = past.count().saturating_add(1);
        problems.add(
            ProblemCode::Malformed,
            body.place_of(index(at)),
            || format!("btf_type[{}].name_off", row.saturating_add(1)),
            format!(
                "{name} is past the {end} bytes of strings, as are names of {count} types in all: \
                 is it split BTF, such as a module's, without its base?"
            ),
        );
    }

    /// How many ids there are, `void` and those of the base included: the first that is not in use.
    #[must_use]
    pub fn id_count(&self) -> u32 {
        let own = u32::try_from(self.offsets.len()).unwrap_or(u32::MAX);
        self.first_id().saturating_add(own)
    }

    /// The lowest id of this file: 1, or what follows the last of the base.
    #[must_use]
    pub fn first_id(&self) -> u32 {
        self.parent.map_or(1, Btf::id_count)
    }

    /// The types of this file, without those of the base.
    pub fn types(&self) -> impl Iterator<Item = (TypeId, Type)> {
        (self.first_id()..self.id_count())
            .filter_map(|id| Some((TypeId(id), self.get(TypeId(id))?)))
    }

    /// The type of an id; nothing for `void` and for ids that are not in use.
    #[must_use]
    #[inline]
    pub fn get(&self, id: TypeId) -> Option<Type> {
        let first = self.first_id();
        if id.0 < first {
            return self.parent?.get(id);
        }
        let at = index(*self.offsets.get(index(id.0.checked_sub(first)?))?);
        let body = self.body();
        let info = body.u32_at(at.checked_add(4)?)?;
        Some(Type {
            kind: Kind::from_number(kind_number(info)),
            name: StringOffset(body.u32_at(at)?),
            vlen: info & 0x00ff_ffff,
            flag: info >> 31 == 1,
            size_or_type: body.u32_at(at.checked_add(8)?)?,
            rest: at.checked_add(TYPE_BYTES)?,
        })
    }

    /// The file that holds a type's bytes: this one, or its base.
    pub(super) fn holder(&self, id: TypeId) -> &Self {
        match self.parent {
            Some(parent) if id.0 < self.first_id() => parent.holder(id),
            _ => self,
        }
    }

    /// Where a type stands in the whole input, for messages.
    #[must_use]
    pub fn place_of(&self, id: TypeId) -> u64 {
        let holder = self.holder(id);
        let at = id.0.checked_sub(holder.first_id()).map(index);
        let at = at.and_then(|at| holder.offsets.get(at)).map_or(0, |&at| index(at));
        holder.body().place_of(at)
    }

    /// A name, as the bytes of the file; nothing when the offset is out of range.
    #[must_use]
    #[inline]
    pub fn name_bytes(&self, name: StringOffset) -> Option<&[u8]> {
        let inherited = self.parent.map_or(0, Btf::strings_length);
        let Some(at) = name.0.checked_sub(inherited) else {
            return self.parent?.name_bytes(name);
        };
        let texts = self.data.get(self.strings.0..self.strings.1)?;
        Reader::new(texts, self.header.order, 0).text_at(index(at), MAX_NAME)
    }

    /// A name; empty when there is none or it is out of range.
    #[must_use]
    pub fn name(&self, name: StringOffset) -> Cow<'_, str> {
        String::from_utf8_lossy(self.name_bytes(name).unwrap_or_default())
    }

    /// The strings of this file, without those of the base.
    pub(super) fn own_strings(&self) -> &[u8] {
        self.data.get(self.strings.0..self.strings.1).unwrap_or_default()
    }

    /// Where the name of this file's type number `row` is.
    #[inline]
    pub(super) fn name_offset(&self, row: usize) -> Option<u32> {
        self.body().u32_at(index(*self.offsets.get(row)?))
    }

    /// Bytes of all strings, those of the base included.
    fn strings_length(&self) -> u32 {
        self.parent.map_or(0, Btf::strings_length).saturating_add(self.header.strings.1)
    }

    /// Bytes of `long`; nothing when the file does not have the type.
    pub(super) const fn long_bytes(&self) -> Option<u32> {
        self.long
    }

    /// The type section.
    #[inline]
    pub(super) fn body(&self) -> Reader<'_> {
        let bytes = self.data.get(self.types.0..self.types.1).unwrap_or_default();
        let start = u64::try_from(self.types.0).unwrap_or(u64::MAX);
        Reader::new(bytes, self.header.order, self.base.saturating_add(start))
    }
}

/// Bits 24 to 30 of `info`; the upper two were unused, and zero, up to 2026.
fn kind_number(info: u32) -> u8 {
    u8::try_from((info >> 24) & 0x7f).unwrap_or(0)
}

/// Notes where each type starts, up to the first that is cut or that nothing tells the size of.
fn find_types(body: Reader<'_>, layouts: &[u8], problems: &mut Problems) -> Vec<u32> {
    let end = body.data().len();
    let mut offsets = Vec::with_capacity(end.div_ceil(24));
    let mut at = 0_usize;
    while at < end {
        let Some(info) = body.u32_at(at.saturating_add(4)) else { break };
        let number = kind_number(info);
        let known = Kind::from_number(number).sizes();
        let Some((once, each)) = known.or_else(|| size_of_kind(layouts, number)) else {
            problems.add(
                ProblemCode::Malformed,
                body.place_of(at.saturating_add(4)),
                || format!("btf_type[{}].info", offsets.len().saturating_add(1)),
                format!("kind {number} is not known: this type and those after it are left out"),
            );
            return offsets;
        };
        let rest =
            u64::from(info & 0x00ff_ffff).saturating_mul(each.into()).saturating_add(once.into());
        let next = usize::try_from(rest).unwrap_or(usize::MAX).saturating_add(TYPE_BYTES);
        let next = at.saturating_add(next);
        let Some(start) = u32::try_from(at).ok().filter(|_| next <= end) else { break };
        offsets.push(start);
        at = next;
    }
    if at < end {
        problems.add(
            ProblemCode::Truncated,
            body.place_of(at),
            || format!("btf_type[{}]", offsets.len().saturating_add(1)),
            format!("the type section ends at byte {}, inside this type", body.place_of(end)),
        );
    }
    offsets
}

/// `struct btf_layout` of a kind: one byte each for what follows once and for each of `vlen`.
fn size_of_kind(layouts: &[u8], number: u8) -> Option<(u32, u32)> {
    let at = usize::from(number).checked_mul(4).filter(|_| number != 0)?;
    let &[once, each, ..] = layouts.get(at..)?.first_chunk::<4>()?;
    Some((once.into(), each.into()))
}
