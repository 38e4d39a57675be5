// Maps of maps that libbpf refuses, each with what it says, and that other loaders may take.
#include "common.h"

struct counts {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__type(key, __u32);
	__type(value, __u64);
	__uint(max_entries, 4);
};

/* "multi-level inner maps not supported." */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__type(key, __u32);
	__uint(max_entries, 2);
	__array(values, struct {
		__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
		__type(key, __u32);
		__uint(max_entries, 2);
		__array(values, struct counts);
	});
} two_levels SEC(".maps");
/* "inner def can't be pinned." */
struct {
	__uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
	__type(key, __u32);
	__uint(max_entries, 2);
	__array(values, struct {
		__uint(type, BPF_MAP_TYPE_ARRAY);
		__type(key, __u32);
		__type(value, __u64);
		__uint(max_entries, 4);
		__uint(pinning, LIBBPF_PIN_BY_NAME);
	});
} pinned_inside SEC(".maps");
/* "should be map-in-map or prog-array." */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, __u32);
	__uint(max_entries, 2);
	__array(values, struct counts);
} no_map_of_maps SEC(".maps");
/* "map-in-map inner spec is not a zero-sized array." */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__type(key, __u32);
	__uint(max_entries, 2);
	struct counts *values[2];
} sized_values SEC(".maps");

SEC("socket")
int none(struct __sk_buff *ctx)
{
	return 0;
}
