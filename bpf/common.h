/* What every source here needs: the kernel's UAPI, libbpf's helpers, and a map declared in one line. */
#ifndef MAPSCOPE_BPF_COMMON_H
#define MAPSCOPE_BPF_COMMON_H
#include <stddef.h>
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

/* A map in `.maps` with typed key and value; clang keeps the layout of both in BTF. */
#define MAP(name, kind, key_type, value_type, entries, flags)                                      \
	struct {                                                                                   \
		__uint(type, BPF_MAP_TYPE_##kind);                                                 \
		__type(key, key_type);                                                             \
		__type(value, value_type);                                                         \
		__uint(max_entries, entries);                                                      \
		__uint(map_flags, flags);                                                          \
	} name SEC(".maps")

/* Types that have neither key nor value, such as a ring buffer: max_entries is its size in bytes. */
#define RING_BUFFER(name, bytes)                                                                   \
	struct {                                                                                   \
		__uint(type, BPF_MAP_TYPE_RINGBUF);                                                \
		__uint(max_entries, bytes);                                                        \
	} name SEC(".maps")

#define HASH_ON_DEMAND(name, key_type, value_type, entries)                                        \
	MAP(name, HASH, key_type, value_type, entries, BPF_F_NO_PREALLOC)

#define EXPECT_SIZE(type, bytes) _Static_assert(sizeof(type) == (bytes), #type " has " #bytes " bytes")

char _license[] SEC("license") = "Dual BSD/GPL";
#endif
