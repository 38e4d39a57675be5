#!/bin/sh
# Maps with the shapes of Kmesh v0.5.0, kernel-native, enhanced kernel, made with `bpftool map create`, and a few
# of another program's; filled a little, saved (before), filled more, saved again (after).
# Names are those that the kernel shows: 15 characters.
here=$(dirname "$0")
. "$here/scenario.sh"

host_facts
make kmesh_events ringbuf 0 0 262144 0
make tmp_buf percpu_array 4 40 1 0
make tmp_log_buf percpu_array 4 260 1 0
make bpf_log_level array 4 4 1 0
make kmesh_manage hash 16 4 8192 1
"$LIVEMAP" storage "$PINS/map_of_sock_storage" map_of_sock_sto 16
make inner_map array 4 1300 1 0
bpftool map create "$PINS/outer_map" type array_of_maps key 4 value 4 entries 1048576 name outer_map \
  inner_map pinned "$PINS/inner_map"
make kmesh_listener hash 40 64 1024 1
make map_of_router_config hash 192 56 16384 1
make kmesh_cluster hash 192 64 16384 1
make map_of_cluster_eps hash 192 776 131072 1
make map_of_cluster_eps_data percpu_array 4 776 1 0
make kmesh_version array 4 4 1 0
for object in cgroup sockops; do # these four are not shared: one of each for both objects
  make kmesh_tail_call_prog-$object prog_array 4 4 32 0 kmesh_tail_call_prog
  make kmesh_tail_call_ctx-$object hash 48 200 256 1 kmesh_tail_call_ctx
done
make rodata-cgroup array 4 1162 1 128 .rodata
make rodata-sockops array 4 2906 1 128 .rodata
# Of another program on the host: types that Kmesh has none of, one nearly full, one idle.
make conn_stats percpu_hash 4 16 512 0
make node_cidrs lpm_trie 8 16 1024 1
make exec_args hash 8 192 4096 0
make dns_cache lru_hash 16 32 1000 0
make jobs queue 0 24 64 0

"$LIVEMAP" program "$PINS/prog-connect4" cgroup_connect4_prog connect4 "$PINS/kmesh_events" "$PINS/tmp_buf" \
  "$PINS/bpf_log_level" "$PINS/kmesh_manage" "$PINS/kmesh_listener" "$PINS/rodata-cgroup"
"$LIVEMAP" program "$PINS/prog-sockops" sockops_prog sock_ops "$PINS/kmesh_events" "$PINS/tmp_buf" \
  "$PINS/bpf_log_level" "$PINS/outer_map" "$PINS/kmesh_tail_call_prog-sockops" \
  "$PINS/kmesh_tail_call_ctx-sockops" "$PINS/kmesh_listener" "$PINS/rodata-sockops"

for single in bpf_log_level kmesh_version rodata-cgroup rodata-sockops map_of_cluster_eps_data; do
  put $single 1
done
bpftool map freeze pinned "$PINS/rodata-cgroup"
bpftool map freeze pinned "$PINS/rodata-sockops"
bpftool map update pinned "$PINS/kmesh_tail_call_prog-sockops" key 3 0 0 0 value pinned "$PINS/prog-sockops"
known kmesh_tail_call_prog-sockops 1

fill_to() { # LISTENERS CLUSTERS ENDPOINT_SETS ROUTES MANAGED CONTEXTS CONNECTIONS CIDRS EXECS NAMES JOBS
  put kmesh_listener "$1"
  put kmesh_cluster "$2"
  put map_of_cluster_eps "$3"
  put map_of_router_config "$4"
  put kmesh_manage "$5"
  put kmesh_tail_call_ctx-sockops "$6"
  put conn_stats "$7"
  put node_cidrs "$8"
  put exec_args "$9"
  shift 9
  put dns_cache "$1"
  put jobs "$2"
}
save_dumps() { # SNAPSHOT
  for name in kmesh_listener kmesh_cluster map_of_cluster_eps map_of_router_config kmesh_manage bpf_log_level \
    outer_map map_of_cluster_eps_data tmp_buf conn_stats node_cidrs dns_cache; do
    save_dump "$1" $name
  done
  for name in kmesh_listener kmesh_manage tmp_buf conn_stats node_cidrs; do
    save_text_dump "$1" $name
  done
  # Two names that the kernel cuts to the same 15 characters: bpftool puts a header before each map's elements.
  save "$1/map-dump-name-kmesh_tail_call.json" bpftool-map-dump bpftool -j map dump name kmesh_tail_call
  # A type without an iterator: an empty list although there is something in it.
  save "$1/map-dump-jobs.json" bpftool-map-dump bpftool -j map dump pinned "$PINS/jobs"
}

scale_history_before "$PINS/outer_map"
known outer_map 254
fill_to 18 40 12 30 25 2 256 40 3 100 5
save_lists before
save_dumps before
save_text_dump before outer_map
# The same facts in other forms of output; beside the snapshots, so that a folder holds every map once.
save variants/map-show-outer_map.json bpftool-map-show bpftool -j map show pinned "$PINS/outer_map"
save variants/map-dump-kmesh_manage.json bpftool-map-dump bpftool -p map dump pinned "$PINS/kmesh_manage"
printf 'map show name kmesh_tail_call\nprog show\nmap dump pinned %s/kmesh_manage\n' "$PINS" > "$STATE/batch"
save variants/batch.json bpftool-batch bpftool -j batch file "$STATE/batch"

scale_history_after "$PINS/outer_map"
known outer_map 509
fill_to 42 100 30 80 60 3 500 300 3 300 20
save_lists after
save_dumps after
