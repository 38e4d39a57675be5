/*
 * The workload maps of Kmesh v0.5.0, dual-engine mode, that three of its four objects declare, with the shapes that a
 * node shows; members are ours, only sizes are Kmesh's.
 */
#ifndef MAPSCOPE_KMESH_V050_DUAL_ENGINE_H
#define MAPSCOPE_KMESH_V050_DUAL_ENGINE_H
#include "kmesh-v0.5.0-shared.h"

struct ip {
	__u32 word[4];
};
struct service {
	__u32 endpoints;
	__u32 balancing;
	__u32 port[10];
	__u32 target_port[10];
	struct ip waypoint;
	__u32 waypoint_port;
};
struct endpoint_key {
	__u32 service;
	__u32 index;
};
struct backend {
	struct ip ip;
	__u32 services;
	__u32 service[10];
	struct ip waypoint;
	__u32 waypoint_port;
};
struct connection {
	struct ip source;
	struct ip destination;
	__u16 source_port;
	__u16 destination_port;
};
struct workload_policies {
	__u32 policy[4];
};
EXPECT_SIZE(struct service, 108);
EXPECT_SIZE(struct endpoint_key, 8);
EXPECT_SIZE(struct backend, 80);
EXPECT_SIZE(struct connection, 36);
EXPECT_SIZE(struct workload_policies, 16);

HASH_ON_DEMAND(kmesh_frontend, struct ip, __u32, 105000);
HASH_ON_DEMAND(kmesh_service, __u32, struct service, 5000);
HASH_ON_DEMAND(kmesh_endpoint, struct endpoint_key, __u32, 105000);
HASH_ON_DEMAND(kmesh_backend, __u32, struct backend, 100000);
HASH_ON_DEMAND(map_of_auth, struct connection, __u32, 8192);
RING_BUFFER(map_of_tuple, 4096);
HASH_ON_DEMAND(map_of_wl_policy, __u32, struct workload_policies, 512);
#endif
