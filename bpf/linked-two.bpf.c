// The second of two files that `bpftool gen object` links: a map and a function of the first, and maps of its own.
#include "linked.h"

extern struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, __u32);
	__type(value, struct shared);
	__uint(max_entries, 256);
	__uint(map_flags, 0);
} shared_counts SEC(".maps");
RING_BUFFER(own_of_two, 8192);
volatile __u64 two_total;

int tally(__u32 key);

SEC("socket")
int program_two(struct __sk_buff *ctx)
{
	__u32 key = 1;

	two_total++;
	if (bpf_map_lookup_elem(&shared_counts, &key))
		bpf_ringbuf_output(&own_of_two, &key, sizeof(key), 0);
	return tally(ctx->ifindex);
}

SEC("xdp")
int program_three(struct xdp_md *ctx)
{
	return XDP_PASS;
}
