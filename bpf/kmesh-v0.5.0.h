/*
 * The maps that both kernel-native objects of Kmesh v0.5.0 declare (enhanced kernel), in their order, with the
 * shapes that a node shows; members are ours, only sizes are Kmesh's.
 */
#ifndef MAPSCOPE_KMESH_V050_H
#define MAPSCOPE_KMESH_V050_H
#include "kmesh-v0.5.0-shared.h"

#define NAME_BYTES 192

struct address {
	__u32 protocol;
	__u32 port;
	__u32 ip[4];
	__u64 netns_cookie;
	__u64 service;
};
struct name {
	char text[NAME_BYTES];
};
struct tail_call_key {
	__u64 socket_cookie;
	struct address peer;
};
struct tail_call_context {
	slot_t message;
	struct name parameter;
};
struct listener {
	slot_t name;
	slot_t address;
	slot_t filter_chains;
	slot_t default_filter_chain;
	slot_t filters;
	slot_t bind;
	__u32 state;
	__u32 direction;
	__u64 version;
};
struct route_config {
	slot_t name;
	slot_t virtual_hosts;
	slot_t headers_to_add;
	slot_t headers_to_drop;
	__u64 version;
	__u32 state;
	__u32 validate;
	__u64 max_body;
};
struct cluster {
	slot_t name;
	slot_t load_assignment;
	slot_t circuit_breakers;
	slot_t outlier_detection;
	__u64 version;
	__u32 state;
	__u32 balancing;
	__u32 connect_timeout_ms;
	__u32 endpoints;
	__u64 spare;
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
EXPECT_SIZE(struct address, 40);
EXPECT_SIZE(struct tail_call_key, 48);
EXPECT_SIZE(struct tail_call_context, 200);
EXPECT_SIZE(struct listener, 64);
EXPECT_SIZE(struct route_config, 56);
EXPECT_SIZE(struct cluster, 64);
EXPECT_SIZE(struct endpoint_set, 776);

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
	__uint(max_entries, 32);
	__uint(map_flags, 0);
} kmesh_tail_call_prog SEC(".maps");
HASH_ON_DEMAND(kmesh_tail_call_ctx, struct tail_call_key, struct tail_call_context, 256);
HASH_ON_DEMAND(kmesh_listener, struct address, struct listener, 1024);

enum tail_call { TO_FILTER_CHAIN = 1, TO_FILTER, TO_ROUTE_CONFIG, TO_CLUSTER };

#endif
