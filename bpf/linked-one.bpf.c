// The first of two files that `bpftool gen object` links: it has the maps that the other one only declares.
#include "linked.h"

MAP(shared_counts, HASH, __u32, struct shared, 256, 0);
MAP(own_of_one, ARRAY, __u32, __u64, 3, 0);
volatile __u64 one_total;

__noinline int tally(__u32 key)
{
	struct shared *found = bpf_map_lookup_elem(&shared_counts, &key);

	return found ? found->hits : 0;
}

SEC("socket")
int program_one(struct __sk_buff *ctx)
{
	__u32 zero = 0;

	one_total++;
	bpf_map_lookup_elem(&own_of_one, &zero);
	return tally(ctx->len);
}
