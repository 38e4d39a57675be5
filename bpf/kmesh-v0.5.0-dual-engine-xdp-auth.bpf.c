// Kmesh v0.5.0, dual-engine: the object whose program ends connections that a policy refuses.
#include "kmesh-v0.5.0-dual-engine.h"

struct policy {
	slot_t name;
	slot_t rules;
	__u64 spare[6];
};
EXPECT_SIZE(struct policy, 64);

HASH_ON_DEMAND(map_of_authz, __u32, struct policy, 512);

SEC("xdp")
int xdp_shutdown(struct xdp_md *ctx)
{
	struct connection key = {.source_port = ctx->rx_queue_index, .destination_port = ctx->ingress_ifindex};
	__u32 *workload = bpf_map_lookup_elem(&kmesh_frontend, &key.source);
	struct workload_policies *policies = workload ? bpf_map_lookup_elem(&map_of_wl_policy, workload) : NULL;
	struct policy *policy = policies ? bpf_map_lookup_elem(&map_of_authz, &policies->policy[0]) : NULL;

	write_address(4);
	if (bpf_map_lookup_elem(&map_of_auth, &key) || (policy && message_in(policy->rules))) {
		bpf_map_delete_elem(&map_of_auth, &key);
		LOG("shutdown", key.source_port);
		return XDP_DROP;
	}
	return XDP_PASS;
}
