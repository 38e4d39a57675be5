// What loaders differ about: a static map and a variant of .bss, which libbpf 1.1 refuses, and sections with variables
// that only this file sees, whose maps libbpf before 1.1 makes mappable and later ones do not.
#include "common.h"

static struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__type(key, __u32);
	__type(value, __u64);
	__uint(max_entries, 4);
} hidden_counts SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, __u32);
	__type(value, __u64);
	__uint(max_entries, 10);
	__uint(pinning, 5);
} pinned_oddly SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, __u32);
	__type(value, __u64);
	__uint(max_entries, 10);
	int (*unheard_of)[3];
} with_unknown_member SEC(".maps");
MAP(never_used, HASH, __u32, __u64, 1000, 0);

static const volatile __u32 only_here = 7;
__u64 in_variant SEC(".bss.variant");

SEC("socket")
int first(struct __sk_buff *ctx)
{
	__u32 key = only_here;

	in_variant++;
	return bpf_map_lookup_elem(&hidden_counts, &key) || bpf_map_lookup_elem(&pinned_oddly, &key) ||
	       bpf_map_lookup_elem(&with_unknown_member, &key);
}

SEC("socket")
int second(struct __sk_buff *ctx)
{
	return 0;
}
