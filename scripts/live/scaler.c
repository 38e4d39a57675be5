/*
 * What the map-in-map scaler of Kmesh v0.5.0 does to `outer_map`, one step a call, with any step size:
 * `scale-up` claims STEP free slots, slot 0 among them, and makes STEP-1 unnamed one-entry arrays (slot 0 is the
 * null pointer and never gets one); `scale-in` takes STEP unused ones away, from the last slot down; `use`
 * leaves COUNT slots in use, lowest first. A slot is in use when its inner map's value is not all zero.
 */
#include "bpf-call.h"

#define SLOTS_LOOKED_AT 65536 /* no capture claims more; walking all 1,048,576 takes minutes on an emulated CPU */

static int inner_of(int outer, __u32 slot)
{
	__u32 id;

	return map_lookup(outer, &slot, &id) ? -1 : map_by_id(id);
}

static __u32 last_slot(int outer)
{
	__u32 entries = map_info(outer).max_entries;

	return (entries < SLOTS_LOOKED_AT ? entries : SLOTS_LOOKED_AT) - 1;
}

static int slot_is_used(int inner, unsigned value_size)
{
	unsigned char *value = calloc(1, round_up8(value_size));
	__u32 key = 0;
	int used = 0;

	if (map_lookup(inner, &key, value))
		die("cannot read an inner map");
	for (unsigned i = 0; i < value_size; i++)
		used |= value[i];
	free(value);
	return used != 0;
}

/* One call for all: a single update of an outer map waits for an RCU grace period each time. */
static void put_inner_maps(int outer, __u32 *slots, __u32 *inners, __u32 count)
{
	union bpf_attr attr = {.batch = {.keys = (unsigned long)slots, .values = (unsigned long)inners,
					 .count = count, .map_fd = outer}};

	if (bpf_call(BPF_MAP_UPDATE_BATCH, &attr))
		die("cannot put %u inner maps into the outer map", count);
}

int cmd_scale_up(int argc, char **argv)
{
	int outer = argc == 4 ? open_pin(argv[1]) : -1;
	unsigned step = argc == 4 ? strtoul(argv[2], 0, 0) : 0;
	__u32 *slots = calloc(step + 1, sizeof(*slots)), *inners = calloc(step + 1, sizeof(*inners)), made = 0;

	if (outer < 0 || !step)
		return 2;
	for (__u32 slot = 1; made + 1 < step; slot++) { /* slot 0 is claimed and gets no map */
		union bpf_attr attr = {.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .max_entries = 1,
				       .value_size = strtoul(argv[3], 0, 0)};
		int inner = inner_of(outer, slot);

		if (inner >= 0) {
			close(inner);
			continue;
		}
		inner = bpf_call(BPF_MAP_CREATE, &attr);
		if (inner < 0)
			die("cannot make inner map %u", made + 1);
		slots[made] = slot;
		inners[made++] = inner;
	}
	put_inner_maps(outer, slots, inners, made);
	return 0;
}

int cmd_scale_in(int argc, char **argv)
{
	int outer = argc == 3 ? open_pin(argv[1]) : -1;
	unsigned long left;

	if (outer < 0)
		return 2;
	left = strtoul(argv[2], 0, 0);
	for (__u32 slot = last_slot(outer); slot > 0 && left > 0; slot--) {
		int inner = inner_of(outer, slot);

		if (inner < 0)
			continue;
		if (!slot_is_used(inner, map_info(inner).value_size)) {
			if (map_delete(outer, &slot))
				die("cannot clear slot %u", slot);
			left--;
		}
		close(inner);
	}
	return left ? 1 : 0;
}

int cmd_use(int argc, char **argv)
{
	int outer = argc == 3 ? open_pin(argv[1]) : -1;
	unsigned long left;

	if (outer < 0)
		return 2;
	left = strtoul(argv[2], 0, 0);
	for (__u32 slot = 1, last = last_slot(outer); slot <= last; slot++) {
		int inner = inner_of(outer, slot);
		unsigned char *value;
		__u32 key = 0;
		unsigned size;

		if (inner < 0)
			continue;
		size = map_info(inner).value_size;
		value = calloc(1, round_up8(size));
		if (left) { /* a short message in a large value, as most of Kmesh's are */
			memset(value, 1 + slot % 255, size < 64 ? size : 64);
			left--;
		}
		if (map_update(inner, &key, value))
			die("cannot write to the inner map of slot %u", slot);
		free(value);
		close(inner);
	}
	return left ? 1 : 0;
}
