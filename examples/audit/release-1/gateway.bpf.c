#include "gateway.h"

struct backend {
	__u32 address;
	__u16 port;
	__u16 weight;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__type(key, __u32);
	__type(value, struct backend);
	__uint(max_entries, 4096);
} backends SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, __u32);
	__type(value, __u64);
	__uint(max_entries, 1024);
	__uint(map_flags, BPF_F_NO_PREALLOC);
} gw_denied SEC(".maps");

SEC("cgroup/connect4")
int gateway_connect(struct bpf_sock_addr *ctx)
{
	struct flow flow = { .destination = ctx->user_ip4, .destination_port = ctx->user_port };
	struct session *session = bpf_map_lookup_elem(&gw_sessions, &flow);
	__u32 index = session ? session->backend : 0;
	struct backend *backend = bpf_map_lookup_elem(&backends, &index);

	if (bpf_map_lookup_elem(&gw_denied, &flow.destination))
		return 0;
	if (backend)
		ctx->user_ip4 = backend->address;
	return 1;
}

char _license[] SEC("license") = "GPL";
