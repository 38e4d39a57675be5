// Kmesh main branch, dual-engine: the object whose programs choose a backend at connect(2) and for DNS.
#include "kmesh-head-dual-engine.h"

TAIL_CALLS(km_cgr_tailcall);
TAIL_CALLS(km_cgr_tail6);
TAIL_CALLS(km_xdp_tailcall);
DECLARE_PROBE_MAPS;

static __always_inline int is_managed(struct bpf_sock_addr *ctx)
{
	struct manager_key key = {.netns_cookie = bpf_get_netns_cookie(ctx)};

	return probe_enabled && bpf_map_lookup_elem(&km_manage, &key) != NULL;
}

static __always_inline struct sock_storage_data *storage_of(struct bpf_sock_addr *ctx)
{
	struct bpf_sock *sock = ctx->sk;

	return sock ? bpf_sk_storage_get(&km_sockstorage, sock, 0, BPF_SK_STORAGE_GET_F_CREATE) : NULL;
}

/* Frontend to service to endpoint to backend; not inlined, so both programs call it. */
static __noinline int choose_backend(struct ip *destination)
{
	__u32 *id = bpf_map_lookup_elem(&km_frontend, destination);
	struct service *service = id ? bpf_map_lookup_elem(&km_service, id) : NULL;
	struct endpoint_key key = {};
	__u32 *backend;

	write_address(destination->word[0]);
	if (!service)
		return id && bpf_map_lookup_elem(&km_backend, id) ? 1 : 0;
	key.service = *id;
	key.index = 1 + service->balancing;
	backend = bpf_map_lookup_elem(&km_endpoint, &key);
	return backend && bpf_map_lookup_elem(&km_backend, backend) ? 2 : 0;
}

static __always_inline int decide(struct bpf_sock_addr *ctx, struct ip *destination)
{
	struct sock_storage_data *storage = is_managed(ctx) ? storage_of(ctx) : NULL;

	if (!storage || !choose_backend(destination))
		return 0;
	storage->via_waypoint = 1;
	LOG("connect", ctx->user_port);
	return 1;
}

SEC("cgroup/connect4")
int cgroup_connect4_prog(struct bpf_sock_addr *ctx)
{
	struct ip destination = {.word = {ctx->user_ip4}};

	if (decide(ctx, &destination))
		bpf_tail_call(ctx, &km_cgr_tailcall, 0);
	return 1;
}

SEC("cgroup/connect6")
int cgroup_connect6_prog(struct bpf_sock_addr *ctx)
{
	struct ip destination = {.word = {ctx->user_ip6[0], ctx->user_ip6[1], ctx->user_ip6[2], ctx->user_ip6[3]}};

	if (decide(ctx, &destination))
		bpf_tail_call(ctx, &km_cgr_tail6, 0);
	return 1;
}

static __always_inline void follow_dns(struct bpf_sock_addr *ctx)
{
	struct sock_storage_data *storage = is_managed(ctx) ? storage_of(ctx) : NULL;
	__u32 server = ctx->user_ip4;

	if (storage && bpf_map_lookup_elem(&km_backend, &server))
		LOG("dns", storage->peer_port);
}

SEC("cgroup/sendmsg4")
int bpf_redirect_dns_send(struct bpf_sock_addr *ctx)
{
	follow_dns(ctx);
	return 1;
}

SEC("cgroup/recvmsg4")
int bpf_restore_dns_recv(struct bpf_sock_addr *ctx)
{
	follow_dns(ctx);
	return 1;
}
