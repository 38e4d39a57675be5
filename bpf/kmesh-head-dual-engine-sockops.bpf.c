// Kmesh main branch, dual-engine: the object whose program follows connections and asks for authorization.
#include "kmesh-head-dual-engine.h"

DECLARE_PROBE_MAPS;
MAP(km_socket, SOCKHASH, struct connection, __u32, 8192, 0);

/* In .bss: the peer of the last connection, and how many there were. */
static volatile __u64 last_connection[4];

SEC("sockops")
int sockops_prog(struct bpf_sock_ops *ctx)
{
	struct manager_key manager = {.netns_cookie = bpf_get_netns_cookie(ctx)};
	struct connection key = {.source = {{ctx->local_ip4}}, .destination = {{ctx->remote_ip4}},
				 .source_port = ctx->local_port, .destination_port = ctx->remote_port};
	struct bpf_sock *sock = ctx->sk;
	struct sock_storage_data *storage;

	if (!sock || !probe_enabled || !bpf_map_lookup_elem(&km_manage, &manager))
		return 1;
	storage = bpf_sk_storage_get(&km_sockstorage, sock, 0, BPF_SK_STORAGE_GET_F_CREATE);
	if (!storage)
		return 1;
	last_connection[0] = storage->connected_at = bpf_ktime_get_ns();
	if (ctx->op == BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB)
		bpf_sock_hash_update(ctx, &km_socket, &key, BPF_ANY);
	else if (!bpf_map_lookup_elem(&km_auth_res, &key))
		bpf_ringbuf_output(&km_auth_req, &key, sizeof(key), 0);
	bpf_ringbuf_output(&km_tcp_probe, (void *)&key, sizeof(key), 0);
	LOG("sockops", ctx->remote_port);
	return 1;
}
