/* The workload maps of Kmesh's main branch, dual-engine mode, which its programs share. */
#ifndef MAPSCOPE_KMESH_HEAD_DUAL_ENGINE_H
#define MAPSCOPE_KMESH_HEAD_DUAL_ENGINE_H
#include "kmesh-head.h"

struct ip {
	__u32 word[4];
};
struct service {
	__u32 endpoints_by_priority[7];
	__u32 balancing;
	__u32 port[10];
	__u32 target_port[10];
	struct ip waypoint;
	__u32 waypoint_port;
};
struct endpoint_key {
	__u32 service;
	__u32 priority;
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
struct perf_key {
	__u64 socket_cookie;
	__u32 operation;
	__u32 cpu;
};
struct perf_value {
	__u64 started_at;
	__u64 ended_at;
	__u64 count;
	__u8 closed;
};
EXPECT_SIZE(struct service, 132);
EXPECT_SIZE(struct endpoint_key, 12);
EXPECT_SIZE(struct backend, 80);
EXPECT_SIZE(struct connection, 36);
EXPECT_SIZE(struct perf_key, 16);
EXPECT_SIZE(struct perf_value, 32);

/* Beside `log_level`, so that .data has eight bytes. */
volatile __u32 probe_enabled = 1;

HASH_ON_DEMAND(km_frontend, struct ip, __u32, 105000);
HASH_ON_DEMAND(km_service, __u32, struct service, 5000);
HASH_ON_DEMAND(km_endpoint, struct endpoint_key, __u32, 105000);
HASH_ON_DEMAND(km_backend, __u32, struct backend, 100000);
HASH_ON_DEMAND(km_auth_res, struct connection, __u32, 8192);
RING_BUFFER(km_auth_req, 4096);
HASH_ON_DEMAND(km_wlpolicy, __u32, struct workload_policies, 512);

#define DECLARE_PROBE_MAPS                                                                         \
	RING_BUFFER(km_tcp_probe, 256 * 1024);                                                     \
	HASH_ON_DEMAND(km_perf_map, struct perf_key, struct perf_value, 131072);                   \
	RING_BUFFER(km_perf_info, 4096)

#define TAIL_CALLS(name)                                                                           \
	struct {                                                                                   \
		__uint(type, BPF_MAP_TYPE_PROG_ARRAY);                                             \
		__uint(key_size, sizeof(__u32));                                                   \
		__uint(value_size, sizeof(__u32));                                                 \
		__uint(max_entries, 8);                                                            \
		__uint(map_flags, 0);                                                              \
	} name SEC(".maps")
#endif
