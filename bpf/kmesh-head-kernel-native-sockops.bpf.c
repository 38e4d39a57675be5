// Kmesh main branch, kernel-native, enhanced kernel: the object whose program counts connections.
#include "kmesh-head-kernel-native.h"

SEC("sockops")
int sockops_prog(struct bpf_sock_ops *ctx)
{
	struct manager_key manager = {.netns_cookie = bpf_get_netns_cookie(ctx)};
	struct cluster_stats_key key = {.netns_cookie = manager.netns_cookie};
	struct bpf_sock *sock = ctx->sk;
	__u32 *cluster, *open;

	if (!sock || !bpf_map_lookup_elem(&km_manage, &manager))
		return 1;
	cluster = bpf_sk_storage_get(&km_cluster_sock, sock, 0, 0);
	if (!cluster)
		return 1;
	key.cluster = *cluster;
	open = bpf_map_lookup_elem(&km_clusterstats, &key);
	if (open)
		__sync_fetch_and_add(open, ctx->op == BPF_SOCK_OPS_TCP_CONNECT_CB ? 1 : 0);
	LOG("sockops", ctx->remote_port);
	return 1;
}
