/* What both kernel-native objects of Kmesh's main branch declare beyond kmesh-head.h: open connections by cluster. */
#ifndef MAPSCOPE_KMESH_HEAD_KERNEL_NATIVE_H
#define MAPSCOPE_KMESH_HEAD_KERNEL_NATIVE_H
#include "kmesh-head.h"

struct cluster_stats_key {
	__u64 netns_cookie;
	__u32 cluster;
} __attribute__((packed));
EXPECT_SIZE(struct cluster_stats_key, 12);

HASH_ON_DEMAND(km_clusterstats, struct cluster_stats_key, __u32, 16384);
MAP(km_cluster_sock, SK_STORAGE, int, __u32, 0, BPF_F_NO_PREALLOC);
#endif
