//! The names that libbpf gives maps in the kernel: at most 15 bytes.

/// `BPF_OBJ_NAME_LEN` without its final zero byte.
const LONGEST: usize = 15;

/// Bytes that are kept free for a section's name, even if it is shorter.
const RESERVED: usize = 7;

/// A map's name as the kernel has it.
#[must_use]
pub fn of_map(name: &str) -> String {
    cut(name, LONGEST).to_owned()
}

/// A data section's name as the kernel has it (`internal_map_name()` of libbpf.c): what is left of 15 bytes goes to the
/// object's name. A section with a second point in its name, such as `.data.table`, goes without the object's.
#[must_use]
pub fn of_section(section: &str, object_name: &str) -> String {
    let suffix = cut(section, LONGEST);
    let room = LONGEST.saturating_sub(section.len().clamp(RESERVED, LONGEST));
    let own = section.get(1..).is_some_and(|rest| rest.contains('.'));
    let prefix = if own { "" } else { cut(base_name(object_name), room) };
    let allowed = |letter: char| {
        if letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.') { letter } else { '_' }
    };
    prefix.chars().chain(suffix.chars()).map(allowed).collect()
}

/// What libbpf calls an object: its file's name without folders, up to 15 bytes, up to the first point.
fn base_name(object_name: &str) -> &str {
    let file = object_name.rsplit('/').next().unwrap_or_default();
    let file = cut(file, LONGEST);
    file.split('.').next().unwrap_or_default()
}

/// The first bytes of a text, without half a letter.
fn cut(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    end.and_then(|end| text.get(..end)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    // The names that a 6.18 kernel showed after `bpftool prog loadall` (libbpf 1.1), and the examples in libbpf.c.
    #[test]
    fn sections_are_named_as_in_the_kernel() {
        let cases = [
            (".rodata", "map-attributes.el.o", "map_attr.rodata"),
            (".bss", "bpf/map-attributes.el.o", "map_attr.bss"),
            (".data.table", "map-attributes.el.o", ".data.table"),
            (".rodata", "my_object_name.o", "my_objec.rodata"),
            (".bss", "my_object_name.o", "my_objec.bss"),
            (".kconfig", "my_object_name.o", "my_obje.kconfig"),
            (".rodata.abracadabra", "my_object_name.o", ".rodata.abracad"),
            (".data", "a.b.o", "a.data"),
        ];
        for (section, object, name) in cases {
            assert_eq!(of_section(section, object), name, "{section} of {object}");
        }
    }

    #[test]
    fn maps_keep_their_first_15_bytes() {
        assert_eq!(of_map("prefixes_pinned_by_name"), "prefixes_pinned");
        assert_eq!(of_map("flows"), "flows");
    }
}
