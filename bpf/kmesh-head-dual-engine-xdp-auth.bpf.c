// Kmesh main branch, dual-engine: the object whose programs check a connection against authorization policies.
#include "kmesh-head-dual-engine.h"

struct policy_arguments {
	struct message64 *policy;
	__u32 next;
	__u32 matched;
	__u64 cookie;
	__u64 started_at;
	__u64 spare;
};
EXPECT_SIZE(struct policy_arguments, 40);

HASH_ON_DEMAND(km_tcargs, struct connection, struct policy_arguments, 100000);
TAIL_CALLS(km_cgr_tailcall);
TAIL_CALLS(km_cgr_tail6);
TAIL_CALLS(km_xdp_tailcall);
HASH_ON_DEMAND(km_authz_policy, __u32, struct message64, 512);

enum tail_call { TO_POLICIES, TO_POLICY };

static __always_inline struct connection connection_of(struct xdp_md *ctx)
{
	struct connection key = {.source_port = ctx->rx_queue_index, .destination_port = ctx->ingress_ifindex};

	return key;
}

/* Not inlined: two programs call it. */
static __noinline int matches(__u32 policy)
{
	struct message1600 *rules = MESSAGE_IN(kmesh_map1600, policy);
	struct message192 *name = MESSAGE_IN(kmesh_map192, policy);

	return rules && name && rules->bytes[0] == name->bytes[0];
}

SEC("xdp")
int policy_check(struct xdp_md *ctx)
{
	struct connection key = connection_of(ctx);
	struct policy_arguments *arguments = bpf_map_lookup_elem(&km_tcargs, &key);
	__u32 refused = 1;

	write_address(4);
	if (!arguments || !probe_enabled)
		return XDP_PASS;
	if (matches(arguments->next) && MESSAGE_IN(kmesh_map64, arguments->next)) {
		bpf_map_update_elem(&km_auth_res, &key, &refused, BPF_ANY);
		LOG("refused", arguments->next);
		return XDP_DROP;
	}
	arguments->next++;
	bpf_tail_call(ctx, &km_xdp_tailcall, TO_POLICIES);
	return XDP_PASS;
}

SEC("xdp")
int policies_check(struct xdp_md *ctx)
{
	struct connection key = connection_of(ctx);
	struct policy_arguments *arguments = bpf_map_lookup_elem(&km_tcargs, &key);
	__u32 id = arguments ? arguments->next : 0;

	if (!probe_enabled || !bpf_map_lookup_elem(&km_authz_policy, &id))
		return XDP_PASS;
	LOG("policies", matches(id));
	bpf_tail_call(ctx, &km_xdp_tailcall, TO_POLICY);
	return XDP_PASS;
}

SEC("xdp")
int xdp_authz(struct xdp_md *ctx)
{
	struct policy_arguments arguments = {.started_at = bpf_ktime_get_ns()};
	struct connection key = connection_of(ctx);
	struct ip address = key.source;
	__u32 *workload = bpf_map_lookup_elem(&km_frontend, &address);

	if (!probe_enabled || bpf_map_lookup_elem(&km_auth_res, &key))
		return XDP_PASS;
	if (!workload || !bpf_map_lookup_elem(&km_wlpolicy, workload))
		return XDP_PASS;
	bpf_map_update_elem(&km_tcargs, &key, &arguments, BPF_ANY);
	LOG("authz", *workload);
	bpf_tail_call(ctx, &km_xdp_tailcall, TO_POLICIES);
	return XDP_PASS;
}

SEC("xdp")
int xdp_shutdown_in_userspace(struct xdp_md *ctx)
{
	struct connection key = connection_of(ctx);
	__u32 *refused = bpf_map_lookup_elem(&km_auth_res, &key);

	write_address(5);
	if (!refused || !probe_enabled)
		return XDP_PASS;
	LOG("shutdown", *refused);
	bpf_map_delete_elem(&km_auth_res, &key);
	return XDP_DROP;
}
