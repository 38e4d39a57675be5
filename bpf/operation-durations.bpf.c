// A monitor of how long operations of a mesh take, as one was proposed for Kmesh: when each thread began and ended
// which operation, and a ring that hands them on.
#include "common.h"

#define CONNECT4 1

struct operation_usage_key {
	__u32 tid;
	__u32 operation_type;
};

struct operation_usage_data {
	__u64 start_time;
	__u64 end_time;
	__u32 operation_type;
};

MAP(kmehs_perf_map, HASH, struct operation_usage_key, struct operation_usage_data, 1024, 0);

RING_BUFFER(kmesh_perf_info, 4096);

static void begin(__u32 operation)
{
	struct operation_usage_key key = { .operation_type = operation };
	struct operation_usage_data data = { .operation_type = operation };

	key.tid = (__u32)bpf_get_current_pid_tgid();
	data.start_time = bpf_ktime_get_ns();
	bpf_map_update_elem(&kmehs_perf_map, &key, &data, BPF_ANY);
}

static void end(__u32 operation)
{
	struct operation_usage_key key = { .operation_type = operation };
	struct operation_usage_data *data;

	key.tid = (__u32)bpf_get_current_pid_tgid();
	data = bpf_map_lookup_elem(&kmehs_perf_map, &key);
	if (!data)
		return;
	data->end_time = bpf_ktime_get_ns();
	bpf_ringbuf_output(&kmesh_perf_info, data, sizeof(*data), 0);
}

SEC("tracepoint/syscalls/sys_enter_connect")
int began(void *context)
{
	begin(CONNECT4);
	return 0;
}

SEC("tracepoint/syscalls/sys_exit_connect")
int ended(void *context)
{
	end(CONNECT4);
	return 0;
}
