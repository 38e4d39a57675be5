/* The types and maps that the gateway's two objects share, as of release 2. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct flow {
	__u32 source;
	__u32 destination;
	__u16 source_port;
	__u16 destination_port;
	__u8 protocol;
};

struct session {
	__u64 last_seen;
	__u64 bytes;
	__u32 backend;
	__u8 state;
	__u64 opened;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, struct flow);
	__type(value, struct session);
	__uint(max_entries, 65536);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} gw_sessions SEC(".maps");
