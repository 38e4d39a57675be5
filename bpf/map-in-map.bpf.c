// Maps of maps declared in every way: the inner map's definition in `values`, inner maps put in by the object
// itself, typed and untyped; and a program array that the object fills.
#include "common.h"

struct row {
	__u64 hits;
	char label[24];
};

struct inner_by_type {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, __u32);
	__type(value, struct row);
	__uint(max_entries, 128);
	__uint(map_flags, BPF_F_NO_PREALLOC);
};
struct inner_by_type rows_a SEC(".maps"), rows_b SEC(".maps");

/* Only a definition: what is put in must be alike. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__type(key, __u32);
	__type(value, __u32);
	__uint(max_entries, 16);
	__array(values, struct {
		__uint(type, BPF_MAP_TYPE_ARRAY);
		__type(key, __u32);
		__type(value, struct row);
		__uint(max_entries, 4);
	});
} defined_only SEC(".maps");

/* Slots 0 and 5 hold maps of this object from the start. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__type(key, __u32);
	__uint(max_entries, 8);
	__array(values, struct inner_by_type);
} filled SEC(".maps") = {
	.values = {[0] = &rows_a, [5] = &rows_b},
};

/* Sizes as numbers, on the outer and on the inner map. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
	__uint(key_size, 12);
	__uint(value_size, 4);
	__uint(max_entries, 64);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__array(values, struct {
		__uint(type, BPF_MAP_TYPE_ARRAY);
		__uint(key_size, 4);
		__uint(value_size, 1300);
		__uint(max_entries, 1);
	});
} by_size SEC(".maps");

int count_row(struct __sk_buff *ctx);

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(key_size, 4);
	__uint(max_entries, 3);
	__array(values, int(struct __sk_buff *));
} jumps SEC(".maps") = {
	.values = {[1] = &count_row},
};

SEC("socket")
int count_row(struct __sk_buff *ctx)
{
	__u32 slot = ctx->ifindex & 7, key = ctx->len & 127;
	void *inner = bpf_map_lookup_elem(&filled, &slot);
	struct row *row = inner ? bpf_map_lookup_elem(inner, &key) : NULL;

	if (row)
		__sync_fetch_and_add(&row->hits, 1);
	return 0;
}

SEC("socket")
int choose(struct __sk_buff *ctx)
{
	char key[12] = {};
	__u32 slot = 0;

	if (bpf_map_lookup_elem(&defined_only, &slot) && bpf_map_lookup_elem(&by_size, key))
		bpf_tail_call(ctx, &jumps, 1);
	return 0;
}
