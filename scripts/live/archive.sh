#!/bin/sh
# The two objects of Kmesh v0.5.0, loaded and filled as in objects.sh, beside a process called kmesh-daemon in whose
# memory cgroup all of it is made; captured by our own script with each of $SHELLS (`busybox sh,dash`), then as a series
# of two looks between which more is put in. $CAPTURE is the script, $OPTIONS goes to each single capture.
here=$(dirname "$0")
. "$here/scenario.sh"

# A process with the daemon's name and flag; it waits until it is taken away.
GROUP=/sys/fs/cgroup/memory/kmesh-daemon
mkdir "$GROUP" 2> /dev/null || GROUP=
mkfifo "$STATE/wait"
printf '#!/bin/sh\nread -r _ < "%s"\n' "$STATE/wait" > "$STATE/kmesh-daemon"
chmod +x "$STATE/kmesh-daemon"
"$STATE/kmesh-daemon" --mode=kernel-native &
DAEMON=$!
stop_daemon() {
  kill "$DAEMON" 2> /dev/null || true
  wait "$DAEMON" 2> /dev/null || true
  [ -z "$GROUP" ] || { echo $$ > "${GROUP%/*}/cgroup.procs"; rmdir "$GROUP"; }
}
trap 'clean_up; stop_daemon' EXIT
if [ -n "$GROUP" ]; then
  echo "$DAEMON" > "$GROUP/cgroup.procs"
  echo $$ > "$GROUP/cgroup.procs"
fi

make template array 4 1300 1 0
bpftool map create "$PINS/outer_map" type array_of_maps key 4 value 4 entries 1048576 name outer_map \
  inner_map pinned "$PINS/template"
rm "$PINS/template"
load kmesh-v0.5.0-cgroup-sock cgroup
load kmesh-v0.5.0-sockops sockops
make kmesh_version array 4 4 1 0
make conn_stats percpu_hash 4 16 300 0
tail_call kmesh_tail_call_prog-cgroup 1 cgroup/filter_chain_manager
known kmesh_tail_call_prog-cgroup 1
scale_history_before "$PINS/outer_map"
known outer_map 254
put kmesh_version 1
put kmesh_listener 18
put kmesh_cluster 40
put kmesh_manage 25
put map_of_cluster_eps 6
put conn_stats 123
record_facts before
# Back to where it was started from: what is measured from here on is not the daemon's.
[ -z "$GROUP" ] || echo $$ > "${GROUP%/*}/cgroup.procs"

IFS=,
for shell in $SHELLS; do
  IFS=' '
  step "capturing with $shell"
  # shellcheck disable=SC2086 # a command and its words
  $shell "$CAPTURE" --dump 'kmesh_*' --dump outer_map --dump conn_stats --dump map_of_cluster_eps_data \
    ${OPTIONS:-} --output "$OUT/$(printf %s "$shell" | tr ' /' '--').tar.gz"
done

step "capturing a series"
shell=${SHELLS%%,*}
# shellcheck disable=SC2086
$shell "$CAPTURE" --dump 'kmesh_*' --dump outer_map --dump conn_stats --every 15s --count 2 \
  --output "$OUT/series.tar.gz" 2> "$STATE/progress" &
series=$!
until grep -q '1 of 2' "$STATE/progress"; do sleep 1; done
scale_history_after "$PINS/outer_map"
known outer_map 509
put kmesh_listener 42
put kmesh_cluster 90
put conn_stats 280
record_facts after
wait "$series"
