//! The type of a program from its section's name: `section_defs` of libbpf.c, with the words of `bpftool prog show`.

/// Names and types in libbpf's order. `name+` is `name` or `name/anything`; other names are whole.
const SECTIONS: &[(&str, &str)] = &[
    ("socket", "socket_filter"),
    ("sk_reuseport/migrate", "sk_reuseport"),
    ("sk_reuseport", "sk_reuseport"),
    ("kprobe+", "kprobe"),
    ("uprobe+", "kprobe"),
    ("uprobe.s+", "kprobe"),
    ("kretprobe+", "kprobe"),
    ("uretprobe+", "kprobe"),
    ("uretprobe.s+", "kprobe"),
    ("kprobe.multi+", "kprobe"),
    ("kretprobe.multi+", "kprobe"),
    ("kprobe.session+", "kprobe"),
    ("uprobe.multi+", "kprobe"),
    ("uretprobe.multi+", "kprobe"),
    ("uprobe.session+", "kprobe"),
    ("uprobe.multi.s+", "kprobe"),
    ("uretprobe.multi.s+", "kprobe"),
    ("uprobe.session.s+", "kprobe"),
    ("ksyscall+", "kprobe"),
    ("kretsyscall+", "kprobe"),
    ("usdt+", "kprobe"),
    ("usdt.s+", "kprobe"),
    ("tc/ingress", "sched_cls"),
    ("tc/egress", "sched_cls"),
    ("tcx/ingress", "sched_cls"),
    ("tcx/egress", "sched_cls"),
    ("tc", "sched_cls"),
    ("classifier", "sched_cls"),
    ("action", "sched_act"),
    ("netkit/primary", "sched_cls"),
    ("netkit/peer", "sched_cls"),
    ("tracepoint+", "tracepoint"),
    ("tp+", "tracepoint"),
    ("raw_tracepoint+", "raw_tracepoint"),
    ("raw_tp+", "raw_tracepoint"),
    ("raw_tracepoint.w+", "raw_tracepoint_writable"),
    ("raw_tp.w+", "raw_tracepoint_writable"),
    ("tp_btf+", "tracing"),
    ("fentry+", "tracing"),
    ("fmod_ret+", "tracing"),
    ("fexit+", "tracing"),
    ("fentry.s+", "tracing"),
    ("fmod_ret.s+", "tracing"),
    ("fexit.s+", "tracing"),
    ("freplace+", "ext"),
    ("lsm+", "lsm"),
    ("lsm.s+", "lsm"),
    ("lsm_cgroup+", "lsm"),
    ("iter+", "tracing"),
    ("iter.s+", "tracing"),
    ("syscall", "syscall"),
    ("xdp.frags/devmap", "xdp"),
    ("xdp/devmap", "xdp"),
    ("xdp.frags/cpumap", "xdp"),
    ("xdp/cpumap", "xdp"),
    ("xdp.frags", "xdp"),
    ("xdp", "xdp"),
    ("perf_event", "perf_event"),
    ("lwt_in", "lwt_in"),
    ("lwt_out", "lwt_out"),
    ("lwt_xmit", "lwt_xmit"),
    ("lwt_seg6local", "lwt_seg6local"),
    ("sockops", "sock_ops"),
    ("sk_skb/stream_parser", "sk_skb"),
    ("sk_skb/stream_verdict", "sk_skb"),
    ("sk_skb/verdict", "sk_skb"),
    ("sk_skb", "sk_skb"),
    ("sk_msg", "sk_msg"),
    ("lirc_mode2", "lirc_mode2"),
    ("flow_dissector", "flow_dissector"),
    ("cgroup_skb/ingress", "cgroup_skb"),
    ("cgroup_skb/egress", "cgroup_skb"),
    ("cgroup/skb", "cgroup_skb"),
    ("cgroup/sock_create", "cgroup_sock"),
    ("cgroup/sock_release", "cgroup_sock"),
    ("cgroup/sock", "cgroup_sock"),
    ("cgroup/post_bind4", "cgroup_sock"),
    ("cgroup/post_bind6", "cgroup_sock"),
    ("cgroup/bind4", "cgroup_sock_addr"),
    ("cgroup/bind6", "cgroup_sock_addr"),
    ("cgroup/connect4", "cgroup_sock_addr"),
    ("cgroup/connect6", "cgroup_sock_addr"),
    ("cgroup/connect_unix", "cgroup_sock_addr"),
    ("cgroup/sendmsg4", "cgroup_sock_addr"),
    ("cgroup/sendmsg6", "cgroup_sock_addr"),
    ("cgroup/sendmsg_unix", "cgroup_sock_addr"),
    ("cgroup/recvmsg4", "cgroup_sock_addr"),
    ("cgroup/recvmsg6", "cgroup_sock_addr"),
    ("cgroup/recvmsg_unix", "cgroup_sock_addr"),
    ("cgroup/getpeername4", "cgroup_sock_addr"),
    ("cgroup/getpeername6", "cgroup_sock_addr"),
    ("cgroup/getpeername_unix", "cgroup_sock_addr"),
    ("cgroup/getsockname4", "cgroup_sock_addr"),
    ("cgroup/getsockname6", "cgroup_sock_addr"),
    ("cgroup/getsockname_unix", "cgroup_sock_addr"),
    ("cgroup/sysctl", "cgroup_sysctl"),
    ("cgroup/getsockopt", "cgroup_sockopt"),
    ("cgroup/setsockopt", "cgroup_sockopt"),
    ("cgroup/dev", "cgroup_device"),
    ("struct_ops+", "struct_ops"),
    ("struct_ops.s+", "struct_ops"),
    ("sk_lookup", "sk_lookup"),
    ("netfilter", "netfilter"),
];

/// The word for a type that the section's name does not tell.
pub const UNKNOWN: &str = "unspec";

/// The type of programs in a section.
#[must_use]
pub fn of_section(section: &str) -> &'static str {
    let section = section.strip_prefix('?').unwrap_or(section);
    let matches = |name: &str| match name.strip_suffix('+') {
        Some(name) => section
            .strip_prefix(name)
            .is_some_and(|rest| matches!(rest.as_bytes(), [] | [b'/', ..])),
        None => section == name,
    };
    // Before 1.0, and in other loaders still, a name only had to begin so: `classifier/drop`, `sockops_active`.
    let begins = |name: &str| section.starts_with(name.trim_end_matches('+'));
    let whole = SECTIONS.iter().find(|(name, _)| matches(name));
    whole
        .or_else(|| SECTIONS.iter().find(|(name, _)| begins(name)))
        .map_or(UNKNOWN, |(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::of_section;

    #[test]
    fn section_names_give_the_types_that_libbpf_gives() {
        let cases = [
            ("xdp", "xdp"),
            ("?xdp", "xdp"),
            ("xdp.frags/devmap", "xdp"),
            ("kprobe", "kprobe"),
            ("kprobe/tcp_connect", "kprobe"),
            ("fentry.s/vfs_read", "tracing"),
            ("lsm/file_open", "lsm"),
            ("raw_tp.w/sched_switch", "raw_tracepoint_writable"),
            ("cgroup/sock_create", "cgroup_sock"),
            ("cgroup/connect_unix", "cgroup_sock_addr"),
            ("struct_ops/init", "struct_ops"),
            ("tcx/ingress", "sched_cls"),
            ("classifier/drop", "sched_cls"),
            ("sockops_active", "sock_ops"),
            (".text", "unspec"),
            ("custom", "unspec"),
            ("", "unspec"),
        ];
        for (section, word) in cases {
            assert_eq!(of_section(section), word, "{section}");
        }
    }
}
