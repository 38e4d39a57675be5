// Kmesh v0.5.0, kernel-native, enhanced kernel: the object whose programs follow a connection.
#define CONTEXT struct bpf_sock_ops
#define SECTION "sockops"
#define VERDICT 1
#include "kmesh-v0.5.0-managers.h"

HASH_ON_DEMAND(map_of_router_config, struct name, struct route_config, 16384);

SEC("sockops")
int route_config_manager(struct bpf_sock_ops *ctx)
{
	struct tail_call_context *context = context_of(ctx);
	struct route_config *route;

	write_address(3);
	LOG("route config", 0);
	if (!context)
		return VERDICT;
	route = bpf_map_lookup_elem(&map_of_router_config, &context->parameter);
	if (route && message_in(route->virtual_hosts))
		bpf_tail_call(ctx, &kmesh_tail_call_prog, TO_CLUSTER);
	return VERDICT;
}

SEC("sockops")
int sockops_prog(struct bpf_sock_ops *ctx)
{
	struct address address = {.port = ctx->remote_port, .ip = {ctx->remote_ip4}};
	struct tail_call_key key = {.socket_cookie = bpf_get_socket_cookie(ctx)};
	struct tail_call_context *context;
	struct listener *listener;

	if (ctx->op != BPF_SOCK_OPS_TCP_CONNECT_CB)
		return VERDICT;
	listener = bpf_map_lookup_elem(&kmesh_listener, &address);
	write_address(ctx->remote_ip4);
	LOG("sockops", ctx->remote_port);
	context = bpf_map_lookup_elem(&kmesh_tail_call_ctx, &key);
	if (!listener || !context || !message_in(listener->filter_chains))
		return VERDICT;
	context->message = listener->filter_chains;
	bpf_tail_call(ctx, &kmesh_tail_call_prog, TO_FILTER_CHAIN);
	return VERDICT;
}
