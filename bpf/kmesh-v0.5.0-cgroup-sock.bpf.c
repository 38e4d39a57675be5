// Kmesh v0.5.0, kernel-native, enhanced kernel: the object whose programs decide at connect(2).
#define CONTEXT struct bpf_sock_addr
#define SECTION "cgroup/connect4"
#define VERDICT 1
#include "kmesh-v0.5.0-managers.h"

SEC("cgroup/connect4")
int cgroup_connect4_prog(struct bpf_sock_addr *ctx)
{
	struct manager_key manager = {.netns_cookie = bpf_get_netns_cookie(ctx)};
	struct address key = {.protocol = ctx->protocol, .port = ctx->user_port};
	struct listener *listener;

	key.ip[0] = ctx->user_ip4;
	if (!bpf_map_lookup_elem(&kmesh_manage, &manager))
		return VERDICT;
	listener = bpf_map_lookup_elem(&kmesh_listener, &key);
	write_address(key.ip[0]);
	LOG("connect4", listener ? listener->state : 0);
	return VERDICT;
}
