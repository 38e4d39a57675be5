// Kmesh v0.5.0, dual-engine: the object whose programs choose a backend at connect(2).
#include "kmesh-v0.5.0-dual-engine.h"
#include "kmesh-v0.5.0-destination.h"

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
	__uint(max_entries, 4);
	__uint(map_flags, 0);
} map_of_tail_call_prog SEC(".maps");
RING_BUFFER(map_of_tcp_info, 4096);

/* Frontend to service to endpoint to backend; not inlined, so both programs call it. */
static __noinline int choose_backend(struct ip *destination)
{
	__u32 *id = bpf_map_lookup_elem(&kmesh_frontend, destination);
	struct service *service = id ? bpf_map_lookup_elem(&kmesh_service, id) : NULL;
	struct endpoint_key key = {};
	__u32 *backend;

	write_address(destination->word[0]);
	if (!service)
		return id && bpf_map_lookup_elem(&kmesh_backend, id) ? 1 : 0;
	key.service = *id;
	key.index = 1 + service->balancing;
	backend = bpf_map_lookup_elem(&kmesh_endpoint, &key);
	return backend && bpf_map_lookup_elem(&kmesh_backend, backend) ? 2 : 0;
}

static __always_inline int decide(struct bpf_sock_addr *ctx, struct ip *destination)
{
	struct manager_key manager = {.netns_cookie = bpf_get_netns_cookie(ctx)};
	struct sock_storage_data *storage;
	struct bpf_sock *sock = ctx->sk;

	if (!sock || !bpf_map_lookup_elem(&kmesh_manage, &manager))
		return 0;
	storage = bpf_sk_storage_get(&map_of_sock_storage, sock, 0, BPF_SK_STORAGE_GET_F_CREATE);
	if (!storage || !choose_backend(destination))
		return 0;
	storage->via_proxy = 1;
	LOG("connect", ctx->user_port);
	return 1;
}

SEC("cgroup/connect4")
int cgroup_connect4_prog(struct bpf_sock_addr *ctx)
{
	struct ip destination = {.word = {ctx->user_ip4}};

	if (decide(ctx, &destination))
		bpf_tail_call(ctx, &map_of_tail_call_prog, 0);
	return 1;
}

SEC("cgroup/connect6")
int cgroup_connect6_prog(struct bpf_sock_addr *ctx)
{
	struct ip destination = {.word = {ctx->user_ip6[0], ctx->user_ip6[1], ctx->user_ip6[2], ctx->user_ip6[3]}};

	if (decide(ctx, &destination))
		bpf_tail_call(ctx, &map_of_tail_call_prog, 1);
	return 1;
}
