// Kmesh main branch, dual-engine: the object whose programs count a connection's bytes.
#include "kmesh-head-dual-engine.h"

DECLARE_PROBE_MAPS;

/* In .bss. */
static volatile __u32 reports;

static __always_inline void count(struct __sk_buff *ctx, int sent)
{
	struct manager_key manager = {.address = bpf_get_socket_cookie(ctx)};
	struct bpf_sock *sock = ctx->sk, *full;
	struct sock_storage_data *storage;

	if (!sock || !probe_enabled || !bpf_map_lookup_elem(&km_manage, &manager))
		return;
	full = bpf_sk_fullsock(sock);
	storage = full ? bpf_sk_storage_get(&km_sockstorage, full, 0, 0) : NULL;
	if (!storage)
		return;
	if (sent)
		storage->bytes_sent += ctx->len;
	else
		storage->bytes_received += ctx->len;
	reports++;
	bpf_ringbuf_output(&km_tcp_probe, &manager, sizeof(manager), 0);
	LOG("bytes", ctx->len);
}

SEC("cgroup_skb/ingress")
int cgroup_skb_ingress_prog(struct __sk_buff *ctx)
{
	count(ctx, 0);
	return 1;
}

SEC("cgroup_skb/egress")
int cgroup_skb_egress_prog(struct __sk_buff *ctx)
{
	count(ctx, 1);
	return 1;
}
