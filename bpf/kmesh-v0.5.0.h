/*
 * The maps that both kernel-native objects of Kmesh v0.5.0 declare (enhanced kernel), in their order, with the
 * shapes that a node shows; members are ours, only sizes are Kmesh's. `outer_map` has no inner definition here,
 * as there: the loader gives it one.
 */
#ifndef MAPSCOPE_KMESH_V050_H
#define MAPSCOPE_KMESH_V050_H
#include "common.h"

#define NAME_BYTES 192
#define INNER_VALUE_BYTES 1300
#define OUTER_ENTRIES (1 << 20)

struct event {
	__u32 length;
	char text[256];
};
struct text_buffer {
	char text[40];
};
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
struct address {
	__u32 protocol;
	__u32 port;
	__u32 ip[4];
	__u64 netns_cookie;
	__u64 service;
};
struct name {
	char text[NAME_BYTES];
};
/* What the sources call a pointer is a slot of the outer map, in eight bytes. */
typedef __u64 slot_t;
struct tail_call_key {
	__u64 socket_cookie;
	struct address peer;
};
struct tail_call_context {
	slot_t message;
	struct name parameter;
};
struct listener {
	slot_t name;
	slot_t address;
	slot_t filter_chains;
	slot_t default_filter_chain;
	slot_t filters;
	slot_t bind;
	__u32 state;
	__u32 direction;
	__u64 version;
};
struct route_config {
	slot_t name;
	slot_t virtual_hosts;
	slot_t headers_to_add;
	slot_t headers_to_drop;
	__u64 version;
	__u32 state;
	__u32 validate;
	__u64 max_body;
};
struct cluster {
	slot_t name;
	slot_t load_assignment;
	slot_t circuit_breakers;
	slot_t outlier_detection;
	__u64 version;
	__u32 state;
	__u32 balancing;
	__u32 connect_timeout_ms;
	__u32 endpoints;
	__u64 spare;
};
struct endpoint {
	__u32 ip;
	__u32 port;
};
struct endpoint_set {
	__u32 count;
	__u32 next;
	struct endpoint endpoint[96];
};
EXPECT_SIZE(struct event, 260);
EXPECT_SIZE(struct text_buffer, 40);
EXPECT_SIZE(struct manager_key, 16);
EXPECT_SIZE(struct sock_storage_data, 16);
EXPECT_SIZE(struct address, 40);
EXPECT_SIZE(struct tail_call_key, 48);
EXPECT_SIZE(struct tail_call_context, 200);
EXPECT_SIZE(struct listener, 64);
EXPECT_SIZE(struct route_config, 56);
EXPECT_SIZE(struct cluster, 64);
EXPECT_SIZE(struct endpoint_set, 776);

RING_BUFFER(kmesh_events, 256 * 1024);
MAP(tmp_buf, PERCPU_ARRAY, __u32, struct text_buffer, 1, 0);
MAP(tmp_log_buf, PERCPU_ARRAY, __u32, struct event, 1, 0);
MAP(bpf_log_level, ARRAY, __u32, __u32, 1, 0);
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
struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
	__uint(max_entries, 32);
	__uint(map_flags, 0);
} kmesh_tail_call_prog SEC(".maps");
HASH_ON_DEMAND(kmesh_tail_call_ctx, struct tail_call_key, struct tail_call_context, 256);
HASH_ON_DEMAND(kmesh_listener, struct address, struct listener, 1024);

enum tail_call { TO_FILTER_CHAIN = 1, TO_FILTER, TO_ROUTE_CONFIG, TO_CLUSTER };

/* Not inlined, so that every program that logs reaches the ring buffer through a call. */
static __noinline int log_event(const char *format, __u64 argument)
{
	__u32 zero = 0, *level = bpf_map_lookup_elem(&bpf_log_level, &zero);
	struct event *event;

	if (!level || *level == 0)
		return 0;
	event = bpf_ringbuf_reserve(&kmesh_events, sizeof(*event), 0);
	if (!event)
		return -1;
	event->length = argument;
	event->text[0] = *(const volatile char *)format; /* keeps .rodata in use */
	bpf_ringbuf_submit(event, 0);
	return 0;
}

#define LOG(message, argument)                                                                     \
	({                                                                                         \
		static const volatile char text[] = message;                                       \
		log_event((const char *)text, argument);                                           \
	})

static __always_inline void write_address(__u32 ip)
{
	__u32 zero = 0;
	struct text_buffer *buffer = bpf_map_lookup_elem(&tmp_buf, &zero);

	if (buffer)
		buffer->text[0] = '0' + (ip & 7);
}

/* A message behind a slot of the outer map, or nothing. */
static __always_inline struct inner_value *message_in(slot_t slot)
{
	__u32 index = slot, zero = 0;
	void *inner = index ? bpf_map_lookup_elem(&outer_map, &index) : NULL;

	return inner ? bpf_map_lookup_elem(inner, &zero) : NULL;
}
#endif
