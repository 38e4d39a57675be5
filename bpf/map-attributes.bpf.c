// What a map definition can hold beyond type, sizes and entries: map_extra, pinning, node, layouts with holes,
// bit fields and unions, and the sections that become maps.
#include "common.h"

enum state { IDLE, ACTIVE = 7 };

struct flow {
	__u8 protocol;
	/* three bytes of nothing */
	__u32 source;
	union {
		__u32 v4;
		__u8 v6[16];
	} destination;
	__u16 flags : 3;
	__u16 hops : 5;
	enum state state;
	struct {
		__u8 class;
		__u64 since;
	} mark;
	const void *owner;
	__u8 tail;
};
struct packed_key {
	__u8 kind;
	__u64 id;
	__u16 port;
} __attribute__((packed));
EXPECT_SIZE(struct packed_key, 11);

MAP(flows, LRU_HASH, struct packed_key, struct flow, 1000, BPF_F_NO_COMMON_LRU);
struct {
	__uint(type, BPF_MAP_TYPE_BLOOM_FILTER);
	__type(value, __u64);
	__uint(max_entries, 1000);
	__uint(map_extra, 3);
} seen SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(key_size, 20);
	__uint(value_size, 12);
	__uint(max_entries, 4096);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} prefixes_pinned_by_name SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__type(key, __u32);
	__type(value, struct flow[3]);
	__uint(max_entries, 10);
	__uint(map_flags, BPF_F_MMAPABLE);
} mapped SEC(".maps");
MAP(one_per_cpu, PERCPU_HASH, __u64, __u8, 5, BPF_F_NO_PREALLOC);
struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, 4);
	__uint(value_size, 4);
} events SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(key_size, 4);
	__uint(value_size, 127 * 8);
	__uint(max_entries, 100);
} stacks SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_QUEUE);
	__type(value, struct flow);
	__uint(max_entries, 32);
} waiting SEC(".maps");

const volatile __u32 sample_rate = 100;
volatile __u64 samples;
volatile __u32 threshold = 9;
volatile __u64 history[64];
volatile __u8 table[300] SEC(".data.table") = {1};
const volatile __u8 primes[5] SEC(".rodata.primes") = {2, 3, 5, 7, 11};

SEC("socket")
int sample(struct __sk_buff *ctx)
{
	struct packed_key key = {.kind = 1, .id = ctx->len};
	struct flow flow = {.protocol = ctx->protocol}, *found;
	__u32 zero = 0;
	__u64 length = ctx->len;

	if (samples++ % sample_rate || ctx->len < threshold)
		return 0;
	history[ctx->len & 63]++;
	table[ctx->len & 255] = primes[ctx->len & 3];
	found = bpf_map_lookup_elem(&flows, &key);
	if (!found)
		bpf_map_update_elem(&flows, &key, &flow, BPF_ANY);
	bpf_map_lookup_elem(&mapped, &zero);
	bpf_map_lookup_elem(&one_per_cpu, &length);
	bpf_map_push_elem(&waiting, &flow, BPF_ANY);
	return bpf_map_peek_elem(&seen, &length);
}
