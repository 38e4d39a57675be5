#!/bin/sh
# The two objects of Kmesh v0.5.0, kernel-native, loaded as its daemon loads them (maps shared by name, the outer
# map made first with an inner map for a template), filled a little, scaled, saved; filled more, scaled, saved.
here=$(dirname "$0")
. "$here/scenario.sh"

host_facts
# The daemon gives `outer_map` its inner definition; the object has none.
make template array 4 1300 1 0
bpftool map create "$PINS/outer_map" type array_of_maps key 4 value 4 entries 1048576 name outer_map \
  inner_map pinned "$PINS/template"
rm "$PINS/template"
load kmesh-v0.5.0-cgroup-sock cgroup
load kmesh-v0.5.0-sockops sockops
make kmesh_version array 4 4 1 0
for program in filter_chain_manager filter_manager cluster_manager; do
  case $program in filter_chain_manager) index=1 ;; filter_manager) index=2 ;; *) index=4 ;; esac
  tail_call kmesh_tail_call_prog-cgroup $index cgroup/$program
  tail_call kmesh_tail_call_prog-sockops $index sockops/$program
done
tail_call kmesh_tail_call_prog-sockops 3 sockops/route_config_manager
known kmesh_tail_call_prog-cgroup 3
known kmesh_tail_call_prog-sockops 4
for single in bpf_log_level kmesh_version map_of_cluster_eps_data; do
  put $single 1
done

fill_to() { # LISTENERS CLUSTERS ENDPOINT_SETS ROUTES MANAGED CONTEXTS
  put kmesh_listener "$1"
  put kmesh_cluster "$2"
  put map_of_cluster_eps "$3"
  put map_of_router_config "$4"
  put kmesh_manage "$5"
  put kmesh_tail_call_ctx-sockops "$6"
}
save_dumps() { # SNAPSHOT
  for name in kmesh_listener kmesh_cluster map_of_cluster_eps map_of_router_config kmesh_manage bpf_log_level \
    outer_map tmp_buf; do
    save_dump "$1" $name
  done
  for name in kmesh_listener kmesh_manage tmp_buf; do
    save_text_dump "$1" $name
  done
  # Four maps whose names the kernel cuts to the same 15 characters: bpftool puts a header before each one's elements.
  save "$1/map-dump-name-kmesh_tail_call.json" bpftool-map-dump bpftool -j map dump name kmesh_tail_call
  save "$1/btf-show.json" capture-notes bpftool -j btf show
}

scale_history_before "$PINS/outer_map"
known outer_map 254
fill_to 18 40 6 30 25 2
save_lists before
save_dumps before
scale_history_after "$PINS/outer_map"
known outer_map 509
fill_to 42 90 18 60 60 3
save_lists after
save_dumps after
