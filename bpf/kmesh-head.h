/*
 * The maps that every object of Kmesh's main branch declares, in both modes, with the shapes that a node shows;
 * members are ours, only sizes are Kmesh's. One flat hash map for each size of message took the place of the
 * outer map of v0.5.0. `km_log_event` is left to the object: some declare it first, some do not use it.
 */
#ifndef MAPSCOPE_KMESH_HEAD_H
#define MAPSCOPE_KMESH_HEAD_H
#include "common.h"

struct event {
	__u32 level;
	__u32 length;
	char text[248];
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
	__u8 direction;
	__u8 connected;
	__u8 has_encoded;
	__u8 via_waypoint;
	__u32 peer_ip[4];
	__u32 self_ip[4];
	__u16 peer_port;
	__u16 self_port;
	__u64 bytes_sent;
	__u64 bytes_received;
};
struct message64 {
	char bytes[64];
};
struct message192 {
	char bytes[192];
};
struct message296 {
	char bytes[296];
};
struct message1600 {
	char bytes[1600];
};
EXPECT_SIZE(struct text_buffer, 40);
EXPECT_SIZE(struct manager_key, 16);
EXPECT_SIZE(struct sock_storage_data, 64);

#define MESSAGES 1000000

RING_BUFFER(km_log_event, 256 * 1024);
MAP(km_tmpbuf, PERCPU_ARRAY, __u32, struct text_buffer, 1, 0);
HASH_ON_DEMAND(km_manage, struct manager_key, __u32, 8192);
MAP(km_sockstorage, SK_STORAGE, int, struct sock_storage_data, 0, BPF_F_NO_PREALLOC);

/* Set by the daemon before it loads the object. */
volatile __u32 log_level = 3;

static __noinline int log_event(const char *format, __u64 argument)
{
	struct event *event;

	if (argument > 4 && !log_level)
		return 0;
	event = bpf_ringbuf_reserve(&km_log_event, sizeof(*event), 0);
	if (!event)
		return -1;
	event->level = log_level;
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
	struct text_buffer *buffer = bpf_map_lookup_elem(&km_tmpbuf, &zero);

	if (buffer)
		buffer->text[0] = '0' + (ip & 7);
}

/* A pointer is a class of size and an index into that class's map; 0 is null. */
typedef __u32 pointer_t;

#define MESSAGE_IN(map, pointer)                                                                   \
	({                                                                                         \
		__u32 index = (pointer)&0xffffff;                                                  \
		index ? bpf_map_lookup_elem(&(map), &index) : NULL;                                \
	})

#define DECLARE_MESSAGE_MAPS                                                                       \
	HASH_ON_DEMAND(kmesh_map64, __u32, struct message64, MESSAGES);                            \
	HASH_ON_DEMAND(kmesh_map192, __u32, struct message192, MESSAGES);                          \
	HASH_ON_DEMAND(kmesh_map296, __u32, struct message296, MESSAGES);                          \
	HASH_ON_DEMAND(kmesh_map1600, __u32, struct message1600, MESSAGES)

DECLARE_MESSAGE_MAPS;
#endif
