// Kmesh v0.5.0, dual-engine: the object whose program writes the waypoint's header into a message.
#include "kmesh-v0.5.0-log.h"
#include "kmesh-v0.5.0-destination.h"

SEC("sk_msg")
int sendmsg_prog(struct sk_msg_md *ctx)
{
	__u64 cookie = (__u64)(unsigned long)ctx->sk;
	struct destination *destination = bpf_map_lookup_elem(&map_of_dst_info, &cookie);

	if (!destination)
		return SK_PASS;
	LOG("header", destination->port);
	return SK_PASS;
}
