// Kmesh main branch, kernel-native, enhanced kernel: the object whose programs decide at connect(2).
#include "kmesh-head-kernel-native.h"

struct address {
	__u32 protocol;
	__u32 port;
	__u32 ip[4];
	__u64 netns_cookie;
	__u64 service;
};
struct name {
	char text[192];
};
struct tail_call_key {
	__u64 socket_cookie;
	struct address peer;
};
struct tail_call_context {
	pointer_t message;
	__u32 depth;
	struct name parameter;
};
struct listener {
	pointer_t name;
	pointer_t address;
	pointer_t filter_chains;
	pointer_t filters;
	__u64 version;
	__u32 state;
	__u32 direction;
	char spare[32];
};
struct cluster {
	pointer_t name;
	pointer_t load_assignment;
	pointer_t circuit_breakers;
	__u32 id;
	__u64 version;
	char spare[48];
};
struct endpoint {
	__u32 ip;
	__u32 port;
};
struct endpoint_set {
	__u32 count;
	__u32 next;
	struct endpoint endpoint[96];
};
struct route_config {
	pointer_t name;
	pointer_t virtual_hosts;
	__u64 version;
	char spare[40];
};
struct maglev_table {
	__u32 backend[16381];
};
EXPECT_SIZE(struct address, 40);
EXPECT_SIZE(struct tail_call_key, 48);
EXPECT_SIZE(struct tail_call_context, 200);
EXPECT_SIZE(struct listener, 64);
EXPECT_SIZE(struct cluster, 72);
EXPECT_SIZE(struct endpoint_set, 776);
EXPECT_SIZE(struct route_config, 56);
EXPECT_SIZE(struct maglev_table, 65524);

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
	__uint(max_entries, 32);
} km_cgrptailcall SEC(".maps");
HASH_ON_DEMAND(km_tailcall_ctx, struct tail_call_key, struct tail_call_context, 256);
HASH_ON_DEMAND(km_listener, struct address, struct listener, 8192);
HASH_ON_DEMAND(km_cluster, struct name, struct cluster, 16384);
struct {
	__uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
	__uint(key_size, sizeof(struct name));
	__uint(value_size, sizeof(__u32));
	__uint(max_entries, 16384);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__array(values, struct {
		__uint(type, BPF_MAP_TYPE_ARRAY);
		__uint(key_size, sizeof(__u32));
		__uint(value_size, sizeof(struct maglev_table));
		__uint(max_entries, 1);
	});
} km_maglev_outer SEC(".maps");
HASH_ON_DEMAND(km_cluster_eps, struct name, struct endpoint_set, 131072);
MAP(km_eps_data, PERCPU_ARRAY, __u32, struct endpoint_set, 1, 0);
HASH_ON_DEMAND(km_routerconfig, struct name, struct route_config, 16384);

enum tail_call { TO_FILTER_CHAIN = 1, TO_FILTER, TO_ROUTE_CONFIG, TO_CLUSTER };

static __always_inline struct tail_call_context *context_of(struct bpf_sock_addr *ctx)
{
	struct tail_call_key key = {.socket_cookie = bpf_get_socket_cookie(ctx)};

	return bpf_map_lookup_elem(&km_tailcall_ctx, &key);
}

SEC("cgroup/connect4")
int filter_chain_manager(struct bpf_sock_addr *ctx)
{
	struct tail_call_context *context = context_of(ctx);
	struct message64 *chain = context ? MESSAGE_IN(kmesh_map64, context->message) : NULL;
	struct message1600 *filters = chain ? MESSAGE_IN(kmesh_map1600, chain->bytes[0]) : NULL;

	write_address(1);
	LOG("filter chain", chain != NULL);
	if (filters)
		bpf_tail_call(ctx, &km_cgrptailcall, TO_FILTER);
	return 1;
}

SEC("cgroup/connect4")
int filter_manager(struct bpf_sock_addr *ctx)
{
	struct tail_call_context *context = context_of(ctx);
	struct message64 *filter = context ? MESSAGE_IN(kmesh_map64, context->message) : NULL;
	struct message1600 *matches = filter ? MESSAGE_IN(kmesh_map1600, filter->bytes[0]) : NULL;
	struct message192 *name = filter ? MESSAGE_IN(kmesh_map192, filter->bytes[4]) : NULL;

	LOG("filter", name ? name->bytes[0] : 0);
	if (filter)
		bpf_tail_call(ctx, &km_cgrptailcall, matches ? TO_ROUTE_CONFIG : TO_CLUSTER);
	return 1;
}

SEC("cgroup/connect4")
int route_config_manager(struct bpf_sock_addr *ctx)
{
	struct tail_call_context *context = context_of(ctx);
	struct route_config *route;
	struct message1600 *hosts;

	write_address(3);
	LOG("route config", 0);
	if (!context)
		return 1;
	route = bpf_map_lookup_elem(&km_routerconfig, &context->parameter);
	hosts = route ? MESSAGE_IN(kmesh_map1600, route->virtual_hosts) : NULL;
	if (hosts && MESSAGE_IN(kmesh_map64, hosts->bytes[0]) && MESSAGE_IN(kmesh_map192, route->name))
		bpf_tail_call(ctx, &km_cgrptailcall, TO_CLUSTER);
	return 1;
}

/* A call between programs that reaches maps of its own. */
static __noinline int open_connections(struct bpf_sock_addr *ctx, __u32 cluster)
{
	struct cluster_stats_key key = {.netns_cookie = bpf_get_netns_cookie(ctx), .cluster = cluster};
	__u32 *open = bpf_map_lookup_elem(&km_clusterstats, &key);
	struct bpf_sock *sock = ctx->sk;
	__u32 *owner = sock ? bpf_sk_storage_get(&km_cluster_sock, sock, 0, BPF_SK_STORAGE_GET_F_CREATE) : NULL;

	if (owner)
		*owner = cluster;
	return open ? *open : 0;
}

SEC("cgroup/connect4")
int cluster_manager(struct bpf_sock_addr *ctx)
{
	struct tail_call_context *context = context_of(ctx);
	struct endpoint_set *set, *scratch;
	struct message1600 *localities;
	struct cluster *cluster;
	__u32 zero = 0;

	write_address(2);
	LOG("cluster", 0);
	if (!context)
		return 1;
	cluster = bpf_map_lookup_elem(&km_cluster, &context->parameter);
	localities = cluster ? MESSAGE_IN(kmesh_map1600, cluster->load_assignment) : NULL;
	if (!localities || !MESSAGE_IN(kmesh_map64, cluster->circuit_breakers) ||
	    !MESSAGE_IN(kmesh_map192, cluster->name))
		return 1;
	set = bpf_map_lookup_elem(&km_cluster_eps, &context->parameter);
	scratch = bpf_map_lookup_elem(&km_eps_data, &zero);
	if (!set && scratch)
		bpf_map_update_elem(&km_cluster_eps, &context->parameter, scratch, BPF_ANY);
	return open_connections(ctx, cluster->id) < 1024;
}

/* In .bss: where the last connection went. */
static volatile __u32 last_peer[4];

SEC("cgroup/connect4")
int cgroup_connect4_prog(struct bpf_sock_addr *ctx)
{
	struct manager_key manager = {.netns_cookie = bpf_get_netns_cookie(ctx)};
	struct tail_call_key context_key = {.socket_cookie = bpf_get_socket_cookie(ctx)};
	struct address key = {.protocol = ctx->protocol, .port = ctx->user_port};
	struct message1600 *chains;
	struct listener *listener;
	struct tail_call_context *context;

	key.ip[0] = last_peer[0] = ctx->user_ip4;
	if (!bpf_map_lookup_elem(&km_manage, &manager))
		return 1;
	write_address(key.ip[0]);
	LOG("connect4", 0);
	listener = bpf_map_lookup_elem(&km_listener, &key);
	chains = listener ? MESSAGE_IN(kmesh_map1600, listener->filter_chains) : NULL;
	context = bpf_map_lookup_elem(&km_tailcall_ctx, &context_key);
	if (!chains || !context || !MESSAGE_IN(kmesh_map64, chains->bytes[0]) ||
	    !MESSAGE_IN(kmesh_map192, listener->name))
		return 1;
	context->message = listener->filter_chains;
	bpf_tail_call(ctx, &km_cgrptailcall, TO_FILTER_CHAIN);
	return 1;
}
