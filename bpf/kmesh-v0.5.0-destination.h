/* Where a connection of Kmesh v0.5.0's dual-engine mode was meant to go, before it went through a waypoint. */
#ifndef MAPSCOPE_KMESH_V050_DESTINATION_H
#define MAPSCOPE_KMESH_V050_DESTINATION_H
#include "common.h"

struct destination {
	__u32 ip[4];
	__u32 waypoint[4];
	__u32 port;
};
EXPECT_SIZE(struct destination, 36);

HASH_ON_DEMAND(map_of_dst_info, __u64, struct destination, 8192);
#endif
