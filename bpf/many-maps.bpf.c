// An object of 25 maps with types, as a service mesh or a monitor has: what the bench parses.
#include "common.h"

struct endpoint {
	__u32 address[4];
	__u16 port;
	__u8 protocol;
};
struct record {
	__u64 since;
	__u32 hits;
	char label[20];
};

MAP(flows, HASH, struct endpoint, struct record, 64, 0);
MAP(peers, ARRAY, __u32, struct record, 128, 0);
MAP(routes, LRU_HASH, struct endpoint, struct record, 192, 0);
MAP(listeners, PERCPU_HASH, struct endpoint, struct record, 256, 0);
MAP(clusters, PERCPU_ARRAY, __u32, struct record, 320, 0);
MAP(endpoints, HASH, struct endpoint, struct record, 384, 0);
MAP(sessions, ARRAY, __u32, struct record, 448, 0);
MAP(quotas, LRU_HASH, struct endpoint, struct record, 512, 0);
MAP(limits, PERCPU_HASH, struct endpoint, struct record, 576, 0);
MAP(tokens, PERCPU_ARRAY, __u32, struct record, 640, 0);
MAP(policies, HASH, struct endpoint, struct record, 704, 0);
MAP(filters, ARRAY, __u32, struct record, 768, 0);
MAP(labels, LRU_HASH, struct endpoint, struct record, 832, 0);
MAP(owners, PERCPU_HASH, struct endpoint, struct record, 896, 0);
MAP(buckets, PERCPU_ARRAY, __u32, struct record, 960, 0);
MAP(counters, HASH, struct endpoint, struct record, 1024, 0);
MAP(windows, ARRAY, __u32, struct record, 1088, 0);
MAP(samples, LRU_HASH, struct endpoint, struct record, 1152, 0);
MAP(backlog, PERCPU_HASH, struct endpoint, struct record, 1216, 0);
MAP(retries, PERCPU_ARRAY, __u32, struct record, 1280, 0);
MAP(drops, HASH, struct endpoint, struct record, 1344, 0);
MAP(resets, ARRAY, __u32, struct record, 1408, 0);
MAP(timeouts, LRU_HASH, struct endpoint, struct record, 1472, 0);
MAP(errors, PERCPU_HASH, struct endpoint, struct record, 1536, 0);
MAP(messages, PERCPU_ARRAY, __u32, struct record, 1600, 0);

SEC("tc")
int lookups(struct __sk_buff *ctx)
{
	struct endpoint key = {.port = ctx->len};
	__u32 index = ctx->ifindex;
	int found = 0;

#define LOOK(map, key) found += bpf_map_lookup_elem(&map, key) != NULL
	LOOK(flows, &key);
	LOOK(peers, &index);
	LOOK(routes, &key);
	LOOK(listeners, &key);
	LOOK(clusters, &index);
	LOOK(endpoints, &key);
	LOOK(sessions, &index);
	LOOK(quotas, &key);
	LOOK(limits, &key);
	LOOK(tokens, &index);
	LOOK(policies, &key);
	LOOK(filters, &index);
	LOOK(labels, &key);
	LOOK(owners, &key);
	LOOK(buckets, &index);
	LOOK(counters, &key);
	LOOK(windows, &index);
	LOOK(samples, &key);
	LOOK(backlog, &key);
	LOOK(retries, &index);
	LOOK(drops, &key);
	LOOK(resets, &index);
	LOOK(timeouts, &key);
	LOOK(errors, &key);
	LOOK(messages, &index);
	return found;
}
