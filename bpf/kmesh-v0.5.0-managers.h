/* The programs that both objects of Kmesh v0.5.0 hold, reached by tail calls: for CONTEXT in SECTION. */
#ifndef MAPSCOPE_KMESH_V050_MANAGERS_H
#define MAPSCOPE_KMESH_V050_MANAGERS_H
#include "kmesh-v0.5.0.h"

HASH_ON_DEMAND(kmesh_cluster, struct name, struct cluster, 16384);
HASH_ON_DEMAND(map_of_cluster_eps, struct name, struct endpoint_set, 131072);
MAP(map_of_cluster_eps_data, PERCPU_ARRAY, __u32, struct endpoint_set, 1, 0);

static __always_inline struct tail_call_context *context_of(CONTEXT *ctx)
{
	struct tail_call_key key = {.socket_cookie = bpf_get_socket_cookie(ctx)};

	return bpf_map_lookup_elem(&kmesh_tail_call_ctx, &key);
}

SEC(SECTION)
int filter_chain_manager(CONTEXT *ctx)
{
	struct tail_call_context *context = context_of(ctx);
	struct inner_value *chain = context ? message_in(context->message) : NULL;

	write_address(1);
	LOG("filter chain", chain ? chain->bytes[0] : 0);
	if (chain)
		bpf_tail_call(ctx, &kmesh_tail_call_prog, TO_FILTER);
	return VERDICT;
}

SEC(SECTION)
int filter_manager(CONTEXT *ctx)
{
	struct tail_call_context *context = context_of(ctx);
	struct inner_value *filter = context ? message_in(context->message) : NULL;

	LOG("filter", filter ? filter->bytes[0] : 0);
	if (filter)
		bpf_tail_call(ctx, &kmesh_tail_call_prog, filter->bytes[0] ? TO_ROUTE_CONFIG : TO_CLUSTER);
	return VERDICT;
}

SEC(SECTION)
int cluster_manager(CONTEXT *ctx)
{
	struct tail_call_context *context = context_of(ctx);
	struct endpoint_set *set, *scratch;
	struct cluster *cluster;
	__u32 zero = 0;

	write_address(2);
	LOG("cluster", 0);
	if (!context)
		return VERDICT;
	cluster = bpf_map_lookup_elem(&kmesh_cluster, &context->parameter);
	if (!cluster || !message_in(cluster->load_assignment))
		return VERDICT;
	set = bpf_map_lookup_elem(&map_of_cluster_eps, &context->parameter);
	scratch = bpf_map_lookup_elem(&map_of_cluster_eps_data, &zero);
	if (!set && scratch)
		bpf_map_update_elem(&map_of_cluster_eps, &context->parameter, scratch, BPF_ANY);
	if (set)
		set->next++;
	return VERDICT;
}
#endif
