/*
 * What both modes of Kmesh v0.5.0 have: whose connections are managed, and the messages in inner maps. `outer_map` has no
 * inner definition here, as there: the loader gives it one.
 */
#ifndef MAPSCOPE_KMESH_V050_SHARED_H
#define MAPSCOPE_KMESH_V050_SHARED_H
#include "kmesh-v0.5.0-log.h"

#define INNER_VALUE_BYTES 1300
#define OUTER_ENTRIES (1 << 20)

struct manager_key {
	__u64 netns_cookie;
	__u64 address;
};
struct sock_storage_data {
	__u64 connected_at;
	__u32 protocol;
	__u8 direction;
	__u8 via_proxy;
};
struct inner_value {
	char bytes[INNER_VALUE_BYTES];
};
/* What the sources call a pointer is a slot of the outer map, in eight bytes. */
typedef __u64 slot_t;
EXPECT_SIZE(struct manager_key, 16);
EXPECT_SIZE(struct sock_storage_data, 16);

HASH_ON_DEMAND(kmesh_manage, struct manager_key, __u32, 8192);
MAP(map_of_sock_storage, SK_STORAGE, int, struct sock_storage_data, 0, BPF_F_NO_PREALLOC);
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
	__uint(max_entries, OUTER_ENTRIES);
	__uint(map_flags, 0);
} outer_map SEC(".maps");
MAP(inner_map, ARRAY, __u32, struct inner_value, 1, 0);

/* A message behind a slot of the outer map, or nothing. */
static __always_inline struct inner_value *message_in(slot_t slot)
{
	__u32 index = slot, zero = 0;
	void *inner = index ? bpf_map_lookup_elem(&outer_map, &index) : NULL;

	return inner ? bpf_map_lookup_elem(inner, &zero) : NULL;
}
#endif
