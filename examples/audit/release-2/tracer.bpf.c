#include "gateway.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 262144);
} gw_events SEC(".maps");

SEC("sockops")
int gateway_trace(struct bpf_sock_ops *ctx)
{
	struct flow flow = { .destination = ctx->remote_ip4, .destination_port = ctx->remote_port };
	struct session *session = bpf_map_lookup_elem(&gw_sessions, &flow);

	if (session)
		bpf_ringbuf_output(&gw_events, session, sizeof(*session), 0);
	return 1;
}

char _license[] SEC("license") = "GPL";
