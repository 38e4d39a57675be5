#!/bin/sh
# Collects what mapscope reads of one Linux host: which BPF maps there are, what they hold, what the kernel charges.
# Needs bpftool and root. It changes nothing, asks nothing, and writes one archive. Runs in busybox sh, dash and bash.
set -u
umask 077
LC_ALL=C
export LC_ALL

usage() {
  cat << 'END'
usage: sh mapscope-capture.sh [options]

  --dump GLOB       dump maps whose name matches ('kmesh_*'), or the map of that id; may be repeated
  --every TIME      take a series, one look each TIME: 30s, 5m, 1h
  --count N         how many looks; default 1, or 20 with --every
  --with-btf        keep the kernel's whole BTF (5 MB), not only the sizes of its map structs
  --output FILE     where to write; default ./mapscope-capture-<time>.tar.gz; - is standard output
  --max-bytes SIZE  most that all dumps together may take: 512K, 64M (default), 2G
  --max-time TIME   most that the dumps of one look may take; default 5m
  --timeout TIME    most that each command may take; default 60s
  --daemon NAME     the process whose cgroup and log are looked at; default kmesh-daemon
  --bpftool PATH    which bpftool; default the one in PATH
  --help            this text

Dumps hold keys and values. Look at them, or leave them out, before you hand the archive on.
Exit status: 0 done, 1 written without a list of maps, 2 wrong use or nothing could be written.
END
}

say() { printf 'mapscope-capture: %s\n' "$*" >&2; }
# No trap cleans up: a child that a signal reaches before it has begun would run it, too.
work='' reserved=''
refuse() {
  say "$*"
  [ -z "$work" ] || rm -rf "$work"
  [ -z "$reserved" ] || rm -f "$reserved"
  exit 2
}

# --- Options ---------------------------------------------------------------------------------------------------------

seconds_of() { # 30, 30s, 5m, 1h
  case $1 in
    *[!0-9smh]* | '' | [smh]* | *[smh]?* | 0?* | ???????????*) return 1 ;;
    *s) echo "${1%s}" ;;
    *m) echo $((${1%m} * 60)) ;;
    *h) echo $((${1%h} * 3600)) ;;
    *) echo "$1" ;;
  esac
}

bytes_of() { # 1000, 512K, 64M, 2G
  case $1 in
    *[!0-9KMG]* | '' | [KMG]* | *[KMG]?* | 0?* | ???????????*) return 1 ;;
    *K) echo $((${1%K} * 1024)) ;;
    *M) echo $((${1%M} * 1048576)) ;;
    *G) echo $((${1%G} * 1073741824)) ;;
    *) echo "$1" ;;
  esac
}

globs='' every=0 count='' with_btf=false output='' max_bytes=67108864 max_time=300 timeout=60 daemon=kmesh-daemon bpftool=bpftool
newline='
'

# `mapscope capture` writes the options it was given below this line.

while [ $# -gt 0 ]; do
  case $1 in
    --*=*)
      option=${1%%=*} value=${1#*=}
      shift
      set -- "$option" "$value" "$@"
      ;;
  esac
  case $1 in
    --help | -h)
      usage
      exit 0
      ;;
    --with-btf)
      with_btf=true
      shift
      continue
      ;;
    --dump | --every | --count | --output | --max-bytes | --max-time | --timeout | --daemon | --bpftool) ;;
    *) refuse "there is no option $1; --help lists them" ;;
  esac
  [ $# -gt 1 ] || refuse "$1 needs a value"
  case $1 in
    --dump) globs=$globs$2$newline ;;
    --every)
      every=$(seconds_of "$2") || every=0
      [ "$every" -gt 0 ] || refuse "--every takes a time such as 30s, not $2"
      ;;
    --count) count=$2 ;;
    --output) output=$2 ;;
    --max-bytes) max_bytes=$(bytes_of "$2") || refuse "--max-bytes takes a size such as 64M, not $2" ;;
    --max-time) max_time=$(seconds_of "$2") || refuse "--max-time takes a time such as 5m, not $2" ;;
    --timeout) timeout=$(seconds_of "$2") || refuse "--timeout takes a time such as 60s, not $2" ;;
    --daemon) daemon=$2 ;;
    --bpftool) bpftool=$2 ;;
  esac
  shift 2
done
[ -n "$count" ] || { [ "$every" -gt 0 ] && count=20; } || count=1
case $count in *[!0-9]* | 0*) refuse "--count takes a number above 0, not $count" ;; esac
[ "$max_time" -gt 0 ] || refuse "--max-time takes a time above 0"
[ "$timeout" -gt 0 ] || refuse "--timeout takes a time above 0"
missing=''
for tool in cat date grep head mkdir mv od rm sed sleep sort tail tr uname wc; do
  command -v "$tool" > /dev/null 2>&1 || missing="$missing $tool"
done
[ -z "$missing" ] || refuse "this needs tools that are not here:$missing"
command -v "$bpftool" > /dev/null 2>&1 || refuse "there is no $bpftool here: install it, or name it with --bpftool"

# --- Where it is written ---------------------------------------------------------------------------------------------

now() { date -u +%Y-%m-%dT%H:%M:%SZ; }
stamp_of() { printf %s "$1" | tr -d ':-'; }

json() { # TEXT as a JSON string; what is not printable becomes a blank
  case $1 in
    *[!\ -~]* | *[\"\\]*)
      printf '"%s"' "$(printf %s "$1" | tr -c '\040-\176' ' ' | sed 's/["\\]/\\&/g')"
      ;;
    *) printf '"%s"' "$1" ;;
  esac
}

globs_json() {
  separator=''
  printf %s "$globs" | while IFS= read -r glob; do
    printf '%s%s' "$separator" "$(json "$glob")"
    separator=', '
  done
}

started=$(now)
asked="\"dump\": [$(globs_json)], \"everySeconds\": $every, \"count\": $count, \"withBtf\": $with_btf"
asked="$asked, \"maxBytes\": $max_bytes, \"maxSeconds\": $max_time, \"timeoutSeconds\": $timeout"
root=mapscope-capture-$(stamp_of "$started")
pack='cat' extension=.tar
if command -v gzip > /dev/null 2>&1; then pack='gzip -c' extension=.tar.gz; fi
[ -n "$output" ] || output=./$root$extension
case $output in -?*) output=./$output ;; esac
if [ "$output" != - ]; then
  [ ! -e "$output" ] || refuse "$output is there already; name another with --output"
  # Before anything is collected: a series that cannot be written at its end would be lost.
  (set -C && : > "$output") 2> /dev/null || refuse "$output cannot be written; name another with --output"
  reserved=$output
fi

for folder in "${TMPDIR:-/tmp}" .; do
  mkdir "$folder/$root-$$" 2> /dev/null || continue
  work=$folder/$root-$$
  break
done
[ -n "$work" ] || refuse "no folder can be made in ${TMPDIR:-/tmp} or here: set TMPDIR"
# What was collected so far is worth having, so an interrupt ends the series and not the script.
stopped=false sleeper=''
trap 'stopped=true; [ -z "$sleeper" ] || kill "$sleeper" 2> /dev/null' INT TERM HUP PIPE
mkdir "$work/$root"
here=$work/$root

# --- Running commands and keeping account of them --------------------------------------------------------------------

troubles=0
record() { # COMMAND OUTCOME [MEMBERS]: a line of the manifest of the folder that is being filled
  [ "$2" = ok ] || troubles=$((troubles + 1))
  [ ! -s "$here/commands" ] || printf ',\n' >> "$here/commands"
  printf '    {"command": %s, "outcome": "%s"%s}' "$(json "$1")" "$2" "${3:-}" >> "$here/commands" || no_room
}

absent() { # WHAT REASON: something that cannot be had here
  record "$1" absent ", \"reason\": $(json "$2")"
}

no_room() {
  refuse "no room is left in $work: set TMPDIR to a folder that has more"
}

save() { # FILE: standard input, all of it or nothing
  cat > "$here/$1" 2> /dev/null && return
  rm -f "$here/$1"
  return 1
}

end_tree() { # PID: with all that it has begun, as bpftool may be a script around another
  kill -STOP "$1"
  for folder in /proc/[0-9]*; do
    while read -r name value; do
      [ "$name $value" != "PPid: $1" ] || (end_tree "${folder#/proc/}")
    done < "$folder/status"
  done
  kill -9 "$1"
}

limited() { # COMMAND...: at most $seconds; in a subshell
  # An interrupt lets the command at hand end, and is seen after it.
  trap '' INT HUP
  "$@" &
  child=$!
  (
    trap 'kill "$sleeper" 2> /dev/null; exit 0' TERM
    sleeper=''
    sleep "$seconds" &
    sleeper=$!
    wait "$sleeper" && : > "$work/timed-out" && end_tree "$child"
  ) > /dev/null 2>&1 &
  watcher=$!
  wait "$child"
  status=$?
  kill "$watcher" 2> /dev/null
  wait "$watcher" 2> /dev/null
  return "$status"
}

# Sets `outcome` and `size`. What a command wrote before it failed is kept: bpftool ends some good dumps with an error.
run() { # FILE LIMIT COMMAND...: LIMIT in bytes, or - for none
  file=$1 limit=$2
  shift 2
  rm -f "$work/timed-out" "$work/status"
  has_room=true
  (limited "$@"; echo $? > "$work/status") < /dev/null 2> "$work/stderr" |
    if [ "$limit" = - ]; then cat; else head -c $((limit + 1)) | cat; fi > "$work/out" 2> /dev/null || has_room=false
  # Of those in the pipe, only cat is sure to tell that a disk is full.
  "$has_room" || rm -f "$work/out"
  size=0 status='' stderr=''
  [ ! -s "$work/out" ] || size=$(($(wc -c < "$work/out")))
  [ ! -s "$work/status" ] || read -r status < "$work/status"
  [ ! -s "$work/stderr" ] || stderr=$(head -c 1000 "$work/stderr")
  if [ -e "$work/timed-out" ]; then
    outcome=timed-out
  elif [ "$limit" != - ] && [ "$size" -gt "$limit" ]; then
    outcome=partial
  elif "$has_room" && [ "$status" = 0 ]; then
    outcome=ok
  else
    outcome=failed
  fi
  members=", \"status\": ${status:-null}, \"bytes\": $size"
  if [ "$size" -gt 0 ]; then
    mv "$work/out" "$here/$file"
    members="$members, \"file\": \"$file\""
  fi
  [ -z "$stderr" ] || members="$members, \"stderr\": $(json "$stderr")"
  "$has_room" || members="$members, \"reason\": \"no room was left for what it wrote: set TMPDIR\""
  record "$*" "$outcome" "$members"
  [ "$outcome" = ok ]
}

manifest() { # the members that differ, on standard input
  {
    printf '{\n  "schemaVersion": "1",\n  "kind": "capture",\n'
    printf '  "script": {"name": "mapscope-capture", "version": "1"},\n'
    cat
    printf '  "commands": [\n'
    [ ! -s "$here/commands" ] || cat "$here/commands"
    printf '\n  ]\n}\n'
  } | save capture.json || no_room
  rm -f "$here/commands"
}

# --- The host: what does not change from one look to the next --------------------------------------------------------

first_line() { # FILE
  line=''
  [ -r "$1" ] && read -r line < "$1"
  printf %s "$line"
}

page_size() {
  getconf PAGESIZE 2> /dev/null && return
  sed -n 's/^KernelPageSize: *\([0-9]*\) kB$/\1/p' /proc/self/smaps 2> /dev/null | {
    read -r kib && echo $((kib * 1024))
  }
}

byte_order() {
  case $(printf '\001\000' | od -An -t u2 2> /dev/null | tr -d ' ') in 1) echo little ;; 256) echo big ;; esac
}

pair() { # NAME JSON: a member, or nothing where there is no value
  [ -z "$2" ] || [ "$2" = '""' ] || printf '%s"%s": %s' "$comma" "$1" "$2"
  [ -z "$2" ] || [ "$2" = '""' ] || comma=', '
}

host_facts() {
  comma=''
  pair kernelRelease "$(json "$(uname -r)")"
  pair machine "$(json "$(uname -m)")"
  pair possibleCpus "$(json "$(first_line /sys/devices/system/cpu/possible)")"
  pair onlineCpus "$(json "$(first_line /sys/devices/system/cpu/online)")"
  pair pageSize "$(page_size)"
  pair byteOrder "$(json "$(byte_order)")"
  pair os "$(json "$(sed -n 's/^PRETTY_NAME="\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' /etc/os-release 2> /dev/null)")"
}

# Structs whose sizes the memory of maps depends on.
STRUCTS='bpf_arena|bpf_array|bpf_array_aux|bpf_bloom_filter|bpf_cgroup_storage_map|bpf_cpu_map|bpf_dtab
bpf_dtab_netdev|bpf_htab|bpf_insn_array|bpf_local_storage|bpf_local_storage_map
bpf_local_storage_map_bucket|bpf_lru_list|bpf_lru_locallist|bpf_map|bpf_mem_cache|bpf_queue_stack
bpf_rhtab|bpf_ringbuf|bpf_ringbuf_map|bpf_shtab|bpf_shtab_bucket|bpf_shtab_elem|bpf_stab|bpf_stack_map
bpf_struct_ops_map|bpf_struct_ops_value|bucket|htab_elem|lpm_trie|lpm_trie_node|pcpu_freelist_head
reuseport_array|stack_map_bucket|xsk_map|xsk_map_node'

struct_sizes() {
  what='sizes of the kernel structs'
  if [ ! -r /sys/kernel/btf/vmlinux ]; then
    absent "$what" 'there is no /sys/kernel/btf/vmlinux: the kernel has no BTF, or /sys is not mounted'
    return
  fi
  run struct-sizes.json - "$bpftool" btf dump file /sys/kernel/btf/vmlinux
  [ -e "$here/struct-sizes.json" ] || return
  # All types as text are more than 10 MB: only the sizes that matter are kept.
  mv "$here/struct-sizes.json" "$work/types"
  grep -E "^\[[0-9]+\] STRUCT '($(printf %s "$STRUCTS" | tr '\n' '|'))' size=" "$work/types" |
    sed "s/^[^']*'\([a-z0-9_]*\)' size=\([0-9]*\).*/\1 \2/" | {
    seen=' ' comma=''
    printf '{'
    while read -r name bytes; do
      # Of two structs with one name, the first.
      case $seen in *" $name "*) continue ;; esac
      seen="$seen$name "
      printf '%s\n  "%s": %s' "$comma" "$name" "$bytes"
      comma=,
    done
    printf '\n}\n'
  } | save struct-sizes.json || no_room
  rm "$work/types"
}

# --- The daemon: whose cgroup pays for the maps, and what it logged of them ------------------------------------------

find_daemon() { # sets `pid` and `group`, the folder of its memory controller
  pid='' group='' cgroup=''
  short=$(printf %.15s "$daemon")
  for folder in /proc/[0-9]*; do
    [ "$(first_line "$folder/comm" 2> /dev/null)" = "$short" ] || continue
    pid=${folder#/proc/}
    break
  done
  [ -n "$pid" ] || return
  while IFS=: read -r number controllers path; do
    case ",$controllers," in
      *,memory,*) cgroup=$path group=/sys/fs/cgroup/memory${path%/} ;;
      ,,) [ "$number" != 0 ] || [ -n "$group" ] || { cgroup=$path group=/sys/fs/cgroup${path%/}; } ;;
    esac
  done < "/proc/$pid/cgroup" 2> /dev/null
}

daemon_facts() {
  comma=''
  pair name "$(json "$daemon")"
  pair pid "$pid"
  pair cgroup "$(json "$cgroup")"
  [ -n "$pid" ] || return
  pair mode "$(json "$(tr '\000' '\n' < "/proc/$pid/cmdline" 2> /dev/null | sed -n 's/^--mode=\([a-z-]*\)$/\1/p')")"
  # The Go linker keeps its flags in the binary. To run the daemon for its version would start its logger, which writes.
  pair version "$(json "$(grep -a -o -m 1 'pkg/version\.gitVersion=[A-Za-z0-9._+-]*' "/proc/$pid/exe" 2> /dev/null |
    sed -n '1s/.*=//p')")"
}

memory_of_daemon() {
  what="memory of the cgroup of $daemon"
  if [ -z "$pid" ]; then
    absent "$what" "no process is called $daemon: name another with --daemon"
    return
  fi
  if [ ! -r "$group/memory.stat" ]; then
    absent "$what" "$group/memory.stat cannot be read: the cgroup is not mounted where this runs"
    return
  fi
  for name in stat current max peak swap.current usage_in_bytes limit_in_bytes kmem.usage_in_bytes; do
    [ -r "$group/memory.$name" ] || continue
    while read -r line; do
      printf '%s/memory.%s:%s\n' "$group" "$name" "$line"
    done < "$group/memory.$name"
  done | save memory-stat.txt || no_room
  record "cat $group/memory.*" ok ", \"file\": \"memory-stat.txt\""
}

# Lines that tell of the maps of a Kmesh daemon, its mode and its kernel; nothing else of a log is kept.
LINES='emaining resources are (in)?suff|collect_outter_map_scale|inner_map_|outter.map|alloc_map_in_map|kmesh start with'
LINES="$LINES|desc\.name:|over str_max_len|entry size is too small|Invalid size|restore_by_persist|map_restore|MAP_ID"
LINES="$LINES|map [^ ]+ failed|map failed|flush failed|cluster failed|maglev failed|bpf Load failed|deserial_init failed"
LINES="$LINES|RemoveMemlock failed|sem_init|FLAG: --mode=|/lib/modules/[0-9]"

keep_lines() { # from standard input to kmesh.log; the last ones, where there are many
  grep -a -E "$LINES" | tail -n 5000 | save kmesh.log || no_room
  [ -s "$here/kmesh.log" ] || { rm -f "$here/kmesh.log"; return 1; }
}

log_of_daemon() {
  tried=''
  for log in /var/log/pods/*kmesh*/*/*.log /var/log/containers/*kmesh*.log; do
    [ -r "$log" ] || continue
    tried="$tried $log"
    # Only the first that has such lines: the others hold the same, or are another container's.
    if keep_lines < "$log"; then
      record "grep $log" ok ', "file": "kmesh.log"'
      return
    fi
  done
  if command -v crictl > /dev/null 2>&1; then
    run crictl-ps.txt - crictl ps --name kmesh
    id=$(sed -n '2s/ .*//p' "$here/crictl-ps.txt" 2> /dev/null)
    if [ -n "$id" ]; then
      tried="$tried crictl"
      run kmesh.log - crictl logs --tail 100000 "$id"
      # The runtime gives there, too, what the daemon wrote to standard error.
      cat "$here/kmesh.log" "$work/stderr" > "$work/log" 2> /dev/null
      if keep_lines < "$work/log"; then return; fi
    fi
  fi
  if command -v journalctl > /dev/null 2>&1; then
    tried="$tried journalctl"
    if (limited journalctl -u kmesh -o cat --no-pager -n 100000) 2> /dev/null < /dev/null | keep_lines; then
      record 'journalctl -u kmesh' ok ', "file": "kmesh.log"'
      return
    fi
  fi
  for log in "/proc/$pid/root/var/run/kmesh/daemon.log" /var/run/kmesh/daemon.log; do
    [ -r "$log" ] || continue
    tried="$tried $log"
    if keep_lines < "$log"; then
      record "grep $log" ok ', "file": "kmesh.log"'
      return
    fi
  done
  absent 'scale lines of the daemon' "${tried:+nothing of maps in:$tried; }take them with: kubectl logs -n kmesh-system POD"
}

# --- One look --------------------------------------------------------------------------------------------------------

list() { # NAME ARGUMENTS...: JSON with pins, else JSON, else text
  name=$1
  shift
  run "$name.json" - "$bpftool" -j -f "$@" && return
  [ "$outcome" != timed-out ] || return
  # A list that was printed in part would contradict the next one.
  rm -f "$here/$name.json"
  run "$name.json" - "$bpftool" -j "$@" && return
  rm -f "$here/$name.json"
  run "$name.txt" - "$bpftool" "$@"
}

listed_maps() { # id, type and name of each; a map without a name has the name -
  if [ -e "$here/map-show.json" ]; then
    tr '{' '\n' < "$here/map-show.json" |
      sed -n -e 's/^"id":\([0-9]*\),"type":"\([^"]*\)","name":"\([^"]*\)".*/\1 \2 \3/p' -e t \
        -e 's/^"id":\([0-9]*\),"type":"\{0,1\}\([^",]*\).*/\1 \2 -/p'
  else
    sed -n -e 's/^\([0-9]*\): \([^ ]*\)  name \([^ ]*\)  flags.*/\1 \2 \3/p' -e t \
      -e 's/^\([0-9]*\): \([^ ]*\) .*/\1 \2 -/p' "$here/map-show.txt" 2> /dev/null
  fi
}

is_wanted() { # ID NAME
  for glob in $patterns; do
    [ "$1" != "$glob" ] || return 0
    # shellcheck disable=SC2254 # A pattern is what it is.
    case $2 in $glob) return 0 ;; esac
  done
  return 1
}

choose_maps() { # to $work/chosen; starts no process for a map, as there may be 100,000 of them
  listed_maps > "$work/listed" || no_room
  # The kernel keeps 15 characters of a name, so no more of a pattern can match.
  patterns=$globs$(printf %s "$globs" | sed 's/^\(.\{15\}\).*/\1/')
  set -f
  IFS=$newline
  while IFS=' ' read -r id type name; do
    ! is_wanted "$id" "$name" || echo "$id $type"
  done < "$work/listed" | cat > "$work/chosen" || no_room
  unset IFS
  set +f
}

dump_maps() {
  [ -n "$globs" ] || return
  choose_maps
  [ -s "$work/chosen" ] || absent "dumps of $(printf %s "$globs" | tr '\n' ' ')" 'no map has such a name or id'
  until=$(($(date +%s) + max_time)) over='' left=0
  while read -r id type; do
    "$stopped" && break
    case $type in
      queue | stack | ringbuf | user_ringbuf | bloom_filter | *_storage | arena)
        # bpftool prints an empty list for some of them, which would say that they hold nothing.
        absent "bpftool -j map dump id $id" "a map of type $type cannot be walked"
        continue
        ;;
    esac
    if [ -z "$over" ]; then
      rest=$((until - $(date +%s)))
      [ "$rest" -gt 0 ] || over='the dumps before have taken all the time that --max-time allows'
      [ "$max_bytes" -gt 0 ] || over='the dumps before have taken all that --max-bytes allows'
    fi
    if [ -n "$over" ]; then
      [ "$left" -gt 0 ] || from=$id
      left=$((left + 1)) to=$id
      continue
    fi
    [ "$rest" -ge "$timeout" ] || seconds=$rest
    run "map-dump-id-$id.json" "$max_bytes" "$bpftool" -j map dump id "$id"
    seconds=$timeout
    max_bytes=$((max_bytes - size))
  done < "$work/chosen"
  case $left in
    0) ;;
    1) absent "bpftool -j map dump id $from" "$over" ;;
    *) absent "dumps of $left more maps, with ids from $from to $to" "$over" ;;
  esac
}

list_tree() { # FOLDER: what lies in it and is no folder
  for it in "$1"/*; do
    if [ -d "$it" ] && [ ! -L "$it" ]; then
      list_tree "$it"
    elif [ -e "$it" ] || [ -L "$it" ]; then
      printf '%s\n' "$it"
    fi
  done
}

pins() {
  while read -r _ folder type _; do
    [ "$type" != bpf ] || list_tree "$folder"
  done < /proc/mounts | sort -u | save bpffs.txt || no_room
  if [ -s "$here/bpffs.txt" ]; then
    record 'list of the BPF file systems' ok ', "file": "bpffs.txt"'
  else
    rm -f "$here/bpffs.txt"
    absent 'list of the BPF file systems' 'nothing is pinned where this runs, or no BPF file system is mounted'
  fi
}

has_maps=false
times=''
look() {
  taken=$(now)
  here=$work/$root/$(stamp_of "$taken")
  # Two looks within a second are told apart by the clock.
  while ! mkdir "$here" 2> /dev/null; do
    [ -d "$here" ] || no_room
    sleep 1
    taken=$(now)
    here=$work/$root/$(stamp_of "$taken")
  done
  list map-show map show
  { [ -e "$here/map-show.json" ] || [ -e "$here/map-show.txt" ]; } && has_maps=true
  # Before the dumps, whose own cost to the host should not be in the figures.
  memory_of_daemon
  if [ -r /proc/meminfo ]; then
    save meminfo.txt < /proc/meminfo || no_room
    record 'cat /proc/meminfo' ok ', "file": "meminfo.txt"'
  fi
  list prog-show prog show
  list link-show link show
  run btf-show.json - "$bpftool" -j btf show
  # An empty list looks like the dump of an empty map, and `bytes` in the manifest tells it too.
  for file in prog-show link-show btf-show; do
    case $(head -c 8 "$here/$file.json" 2> /dev/null) in '[]') rm "$here/$file.json" ;; esac
  done
  pins
  dump_maps
  printf '  "takenAt": "%s",\n' "$taken" | manifest
  times="$times${times:+, }\"$(stamp_of "$taken")\""
}

# --- The archive: POSIX tar, written here because minimal images have no tar -----------------------------------------

tar_header() { # NAME SIZE
  name=$1
  bytes=$(printf %011o "$2")
  mtime=$(printf %011o "$(date +%s)")
  # The sum of all bytes, the sum itself counted as eight blanks.
  sum=$((8 * 32))
  for byte in $(printf '%s' "${name}000064400000000000000$bytes${mtime}0ustar00" | od -An -v -t u1); do
    sum=$((sum + byte))
  done
  printf %s "$name"
  head -c $((100 - ${#name})) /dev/zero
  printf '0000644\0000000000\0000000000\000%s\000%s\000%06o\000 0' "$bytes" "$mtime" "$sum"
  head -c 100 /dev/zero
  printf 'ustar\00000'
  head -c 247 /dev/zero
}

archive() {
  cd "$work" || return
  for file in "$root"/* "$root"/*/*; do
    [ -f "$file" ] || continue
    size=$(($(wc -c < "$file")))
    tar_header "$file" "$size"
    cat "$file"
    head -c $(((512 - size % 512) % 512)) /dev/zero
  done
  head -c 1024 /dev/zero
}

# --- All of it -------------------------------------------------------------------------------------------------------

seconds=$timeout
find_daemon
n=0
while [ "$n" -lt "$count" ]; do
  begun=$(date +%s)
  look
  n=$((n + 1))
  "$stopped" && break
  [ "$n" -lt "$count" ] || break
  say "$n of $count"
  rest=$((begun + every - $(date +%s)))
  if [ "$rest" -gt 0 ]; then
    sleep "$rest" &
    sleeper=$!
    # The trap ends the sleep, so a signal before the wait is not missed.
    "$stopped" || wait "$sleeper"
    kill "$sleeper" 2> /dev/null
    sleeper=''
  fi
  "$stopped" && break
done

here=$work/$root
run bpftool-version.txt - "$bpftool" version
struct_sizes
if "$with_btf"; then
  if [ ! -r /sys/kernel/btf/vmlinux ]; then
    absent 'cat /sys/kernel/btf/vmlinux' 'it is not there, or cannot be read'
  elif save vmlinux.btf < /sys/kernel/btf/vmlinux; then
    record 'cat /sys/kernel/btf/vmlinux' ok ', "file": "vmlinux.btf"'
  else
    absent 'cat /sys/kernel/btf/vmlinux' 'no room was left for it: set TMPDIR'
  fi
fi
log_of_daemon
manifest << END
  "startedAt": "$started",
  "finishedAt": "$(now)",
  "interrupted": $stopped,
  "options": {$asked},
  "host": {$(host_facts)},
  "daemon": {$(daemon_facts)},
  "times": [$times],
END

if [ "$output" = - ]; then
  archive | $pack || refuse 'the archive could not be written'
  output='standard output'
elif ! (archive | $pack) > "$output"; then
  rm -f "$output"
  say "$output could not be written: what was collected stays in $work/$root"
  exit 2
fi
"$has_maps" || say 'bpftool listed no map: is this root, and may it use bpf(2)?'
say "written to $output$([ "$troubles" = 0 ] || echo "; $troubles steps gave nothing or not all: capture.json in it says why")"
rm -rf "$work"
"$has_maps"
