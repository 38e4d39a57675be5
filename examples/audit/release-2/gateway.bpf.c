#include "gateway.h"

struct backend {
	__u32 address;
	__be16 port;
	__u8 weight;
	__u8 zone;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__type(key, __u32);
	__type(value, struct backend);
	__uint(max_entries, 4096);
} gw_backends SEC(".maps");

struct counters {
	__u64 connections;
	__u64 bytes;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__type(key, __u32);
	__type(value, struct counters);
	__uint(max_entries, 16384);
} gw_counters SEC(".maps");

SEC("cgroup/connect4")
int gateway_connect(struct bpf_sock_addr *ctx)
{
	struct flow flow = { .destination = ctx->user_ip4, .destination_port = ctx->user_port };
	struct session *session = bpf_map_lookup_elem(&gw_sessions, &flow);
	__u32 index = session ? session->backend : 0;
	struct backend *backend = bpf_map_lookup_elem(&gw_backends, &index);

	struct counters *counters = bpf_map_lookup_elem(&gw_counters, &index);

	if (counters)
		counters->connections += 1;
	if (backend)
		ctx->user_ip4 = backend->address;
	return 1;
}

char _license[] SEC("license") = "GPL";
