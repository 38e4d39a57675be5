// Maps in the `maps` section of before BTF: one struct of numbers each. libbpf 1.0 and later refuse it.
#include "common.h"

struct legacy_map {
	__u32 type;
	__u32 key_size;
	__u32 value_size;
	__u32 max_entries;
	__u32 map_flags;
};

struct legacy_map SEC("maps") flows = {
	.type = BPF_MAP_TYPE_LRU_HASH,
	.key_size = 16,
	.value_size = 32,
	.max_entries = 10000,
};
struct legacy_map SEC("maps") counters = {
	.type = BPF_MAP_TYPE_PERCPU_ARRAY,
	.key_size = 4,
	.value_size = 8,
	.max_entries = 64,
};
struct legacy_map SEC("maps") prefixes = {
	.type = BPF_MAP_TYPE_LPM_TRIE,
	.key_size = 8,
	.value_size = 4,
	.max_entries = 1024,
	.map_flags = BPF_F_NO_PREALLOC,
};

/* A call into .text that uses a map. */
static __noinline int count(__u32 index)
{
	__u64 *counter = bpf_map_lookup_elem(&counters, &index);

	return counter ? ++*counter : 0;
}

SEC("classifier")
int classify(struct __sk_buff *ctx)
{
	char flow[16] = {};

	flow[0] = ctx->protocol;
	if (!bpf_map_lookup_elem(&flows, flow))
		return count(0);
	return count(1);
}

SEC("classifier/drop")
int drop_prefix(struct __sk_buff *ctx)
{
	__u32 key[2] = {32, ctx->remote_ip4};

	return bpf_map_lookup_elem(&prefixes, key) ? 2 : 0;
}
