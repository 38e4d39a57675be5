#!/bin/sh
# The objects of Kmesh's main branch: the kernel-native pair, saved, taken away; the five of dual-engine mode, saved.
here=$(dirname "$0")
. "$here/scenario.sh"

host_facts
load kmesh-head-kernel-native-cgroup-sock cgroup
load kmesh-head-kernel-native-sockops sockops
make kmesh_version array 4 4 1 0
tail_call km_cgrptailcall 1 cgroup/filter_chain_manager
tail_call km_cgrptailcall 2 cgroup/filter_manager
tail_call km_cgrptailcall 3 cgroup/route_config_manager
tail_call km_cgrptailcall 4 cgroup/cluster_manager
known km_cgrptailcall 4
put kmesh_map64 300
put kmesh_map192 80
put kmesh_map1600 40
put km_manage 25
put km_listener 30
put km_cluster 40
put km_cluster_eps 12
put km_routerconfig 20
put km_clusterstats 500
put km_tailcall_ctx 3
put km_eps_data 1
put kmesh_version 1
save_lists kernel-native
for name in kmesh_map64 km_manage km_listener km_cluster km_clusterstats km_cgrptailcall km_maglev_outer; do
  save_dump kernel-native $name
done
save_text_dump kernel-native km_clusterstats
take_away

load kmesh-head-dual-engine-cgroup-sock cgroup
load kmesh-head-dual-engine-sockops sockops
load kmesh-head-dual-engine-xdp-auth xdp
load kmesh-head-dual-engine-sendmsg sendmsg
load kmesh-head-dual-engine-cgroup-skb skb
make kmesh_version array 4 4 1 0
tail_call km_xdp_tailcall 0 xdp/policies_check
tail_call km_xdp_tailcall 1 xdp/policy_check
known km_xdp_tailcall 2
put kmesh_map64 50
put kmesh_map192 20
put kmesh_map1600 10
put km_manage 60
put km_frontend 400
put km_service 120
put km_endpoint 350
put km_backend 300
put km_auth_res 75
put km_wlpolicy 500
put km_authz_policy 40
put km_tcargs 10
put km_perf_map 25
put kmesh_version 1
save_lists dual-engine
for name in km_frontend km_service km_endpoint km_backend km_wlpolicy km_auth_res km_xdp_tailcall; do
  save_dump dual-engine $name
done
save_text_dump dual-engine km_endpoint
