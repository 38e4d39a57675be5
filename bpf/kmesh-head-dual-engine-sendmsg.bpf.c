// Kmesh main branch, dual-engine: the object whose program writes the waypoint's header into a message.
#include "kmesh-head.h"

SEC("sk_msg")
int sendmsg_prog(struct sk_msg_md *ctx)
{
	struct bpf_sock *sock = ctx->sk;
	struct sock_storage_data *storage = sock ? bpf_sk_storage_get(&km_sockstorage, sock, 0, 0) : NULL;

	if (!storage || storage->has_encoded)
		return SK_PASS;
	storage->has_encoded = 1;
	LOG("header", ctx->size);
	return SK_PASS;
}
