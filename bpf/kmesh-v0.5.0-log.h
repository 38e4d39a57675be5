/* How every object of Kmesh v0.5.0 logs, and the maps it has for that. */
#ifndef MAPSCOPE_KMESH_V050_LOG_H
#define MAPSCOPE_KMESH_V050_LOG_H
#include "common.h"

struct event {
	__u32 length;
	char text[256];
};
struct text_buffer {
	char text[40];
};
EXPECT_SIZE(struct event, 260);
EXPECT_SIZE(struct text_buffer, 40);

RING_BUFFER(kmesh_events, 256 * 1024);
MAP(tmp_buf, PERCPU_ARRAY, __u32, struct text_buffer, 1, 0);
MAP(tmp_log_buf, PERCPU_ARRAY, __u32, struct event, 1, 0);
MAP(bpf_log_level, ARRAY, __u32, __u32, 1, 0);

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
#endif
