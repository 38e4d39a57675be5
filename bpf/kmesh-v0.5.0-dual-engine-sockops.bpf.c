// Kmesh v0.5.0, dual-engine: the object whose program follows connections and asks for authorization.
#include "kmesh-v0.5.0-destination.h"
#include "kmesh-v0.5.0-dual-engine.h"

RING_BUFFER(map_of_tcp_info, 4096);
MAP(map_of_kmesh_socket, SOCKHASH, struct connection, __u32, 8192, 0);

SEC("sockops")
int sockops_prog(struct bpf_sock_ops *ctx)
{
	struct connection key = {.source = {{ctx->local_ip4}}, .destination = {{ctx->remote_ip4}},
				 .source_port = ctx->local_port, .destination_port = ctx->remote_port};
	struct manager_key manager = {.netns_cookie = bpf_get_netns_cookie(ctx)};
	__u64 cookie = bpf_get_socket_cookie(ctx);
	struct bpf_sock *sock = ctx->sk;
	struct sock_storage_data *storage;

	if (!sock || !bpf_map_lookup_elem(&kmesh_manage, &manager))
		return 1;
	storage = bpf_sk_storage_get(&map_of_sock_storage, sock, 0, BPF_SK_STORAGE_GET_F_CREATE);
	if (!storage)
		return 1;
	storage->connected_at = bpf_ktime_get_ns();
	if (ctx->op == BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB && bpf_map_lookup_elem(&map_of_dst_info, &cookie))
		bpf_sock_hash_update(ctx, &map_of_kmesh_socket, &key, BPF_ANY);
	else if (!bpf_map_lookup_elem(&map_of_auth, &key))
		bpf_ringbuf_output(&map_of_tuple, &key, sizeof(key), 0);
	bpf_ringbuf_output(&map_of_tcp_info, &key, sizeof(key), 0);
	LOG("sockops", ctx->remote_port);
	return 1;
}
