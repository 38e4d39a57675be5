# What the capture scenarios share. Sourced by shapes.sh and objects.sh with OUT (where to write), LIVEMAP (the
# helper) and PINS (a folder in bpffs that does not exist yet) set; runs in any POSIX shell, busybox's included.
#
# Every file that is saved leaves a line in $OUT/commands.tsv (path, format, command), every map a line for each
# snapshot in $OUT/facts.tsv (snapshot, id, pin, type, entries put in), so that the manifest can tell both.
set -eu
grep -q ' /sys/fs/bpf bpf ' /proc/mounts || mount -t bpf bpf /sys/fs/bpf
STATE=$(mktemp -d)
mkdir -p "$PINS" "$OUT"
: > "$OUT/commands.tsv"
: > "$OUT/facts.tsv"

make() { # NAME TYPE KEY VALUE ENTRIES FLAGS [KERNEL_NAME]: one map, pinned by its full name
  short=$(printf %.15s "${7:-$1}")
  bpftool map create "$PINS/$1" type "$2" key "$3" value "$4" entries "$5" name "$short" flags "$6"
}

put() { # NAME TOTAL: entries up to TOTAL, on top of those that are in the map already
  had=$(cat "$STATE/$1" 2>/dev/null || echo 0)
  "$LIVEMAP" fill "$PINS/$1" "$had" $(($2 - had))
  echo "$2" > "$STATE/$1"
}

known() { # NAME TOTAL: entries that something else than `put` put in
  echo "$2" > "$STATE/$1"
}

save() { # SNAPSHOT/FILE FORMAT COMMAND...: the output of one bpftool command
  file=$1 format=$2
  shift 2
  mkdir -p "$OUT/$(dirname "$file")"
  # bpftool ends a dump of some map types with an error status although the dump is there.
  "$@" > "$OUT/$file" || true
  printf '%s\t%s\t%s\n' "$file" "$format" "$*" >> "$OUT/commands.tsv"
}

map_id() { # NAME
  bpftool -j map show pinned "$PINS/$1" | sed 's/^{"id":\([0-9]*\),.*/\1/'
}

map_type() { # NAME
  bpftool -j map show pinned "$PINS/$1" | sed 's/.*"type":"\([a-z_]*\)".*/\1/'
}

step() { # TEXT: progress; a run under emulation takes minutes
  echo "$(date +%H:%M:%S) $*" >&2
}

record_facts() { # SNAPSHOT: what is in every pinned map; `-` where the scenario put nothing in
  for path in "$PINS"/*; do
    name=${path##*/}
    case $name in prog-* | programs*) continue ;; esac
    printf '%s\t%s\t%s\t%s\t%s\n' "$1" "$(map_id "$name")" "$name" "$(map_type "$name")" \
      "$(cat "$STATE/$name" 2>/dev/null || echo -)" >> "$OUT/facts.tsv"
  done
}

save_lists() { # SNAPSHOT: everything that is loaded
  step "listing maps and programs: $1"
  save "$1/map-show.json" bpftool-map-show bpftool -j map show
  save "$1/map-show-pinned.json" bpftool-map-show bpftool -j -f map show
  save "$1/map-show.txt" bpftool-map-show bpftool map show
  save "$1/prog-show.json" bpftool-prog-show bpftool -j prog show
  save "$1/prog-show.txt" bpftool-prog-show bpftool prog show
  record_facts "$1"
}

save_dump() { # SNAPSHOT NAME
  save "$1/map-dump-$2.json" bpftool-map-dump bpftool -j map dump pinned "$PINS/$2"
}

save_text_dump() { # SNAPSHOT NAME: the form that people paste
  save "$1/map-dump-$2.txt" bpftool-map-dump bpftool map dump pinned "$PINS/$2"
}

host_facts() { # what the numbers depend on
  uname -srvm > "$OUT/uname.txt"
  printf '%s\t%s\t%s\n' uname.txt uname "uname -srvm" >> "$OUT/commands.tsv"
  cp /sys/devices/system/cpu/possible "$OUT/possible.txt"
  printf '%s\t%s\t%s\n' possible.txt possible-cpus "cat /sys/devices/system/cpu/possible" >> "$OUT/commands.tsv"
  bpftool version > "$OUT/bpftool-version.txt"
  printf '%s\t%s\t%s\n' bpftool-version.txt capture-notes "bpftool version" >> "$OUT/commands.tsv"
}

# The scaler of Kmesh v0.5.0 with its steps of 32,768 and 8,192 divided by 128; the outer map keeps its size.
STEP_UP=256
STEP_IN=64
scale_history_before() { # OUTER: started, one step up, and back in four steps: as the first dump of issue 945
  "$LIVEMAP" scale-up "$1" $STEP_UP 1300
  "$LIVEMAP" use "$1" 180 # 0.7 of 256 claimed slots: a step up
  "$LIVEMAP" scale-up "$1" $STEP_UP 1300
  for used in 153 134 115 96; do # 0.3 of 512, 448, 384 and 320 claimed slots: a step in each
    "$LIVEMAP" use "$1" $used
    "$LIVEMAP" scale-in "$1" $STEP_IN
  done
}

scale_history_after() { # OUTER: the third step up
  "$LIVEMAP" use "$1" 180
  "$LIVEMAP" scale-up "$1" $STEP_UP 1300
}


# Loading objects. Kmesh pins every map but .rodata*, .bss, .data and (v0.5.0) the tail-call pair by its name and
# gives the same map to every object; `load` does the same.
is_shared() { # NAME
  case $1 in kmesh_v0_* | kmesh_he_* | kmesh_tail_call_*) return 1 ;; esac
}

load() { # OBJECT SUFFIX: all its programs in $PINS/programs-SUFFIX, maps of its own as NAME-SUFFIX
  step "loading $1"
  shared=""
  for path in "$PINS"/*; do
    name=${path##*/}
    if [ -f "$path" ] && is_shared "$name" && has_map "$1" "$name"; then
      shared="$shared map name $name pinned $path"
    fi
  done
  # shellcheck disable=SC2086 # a list of words
  bpftool prog loadall "$OBJECTS/$1.el.o" "$PINS/programs-$2" $shared pinmaps "$PINS/new"
  for path in "$PINS"/new/*; do
    name=${path##*/}
    if ! is_shared "$name"; then
      mv "$path" "$PINS/$name-$2"
    elif [ -e "$PINS/$name" ]; then
      rm "$path"
    else
      mv "$path" "$PINS/$name"
    fi
  done
  rmdir "$PINS/new"
}

has_map() { # OBJECT NAME: its name is in the object's string table, between two NULs
  tr '\0' '\n' < "$OBJECTS/$1.el.o" | grep -qx "$2"
}

tail_call() { # MAP INDEX PROGRAM
  bpftool map update pinned "$PINS/$1" key "$2" 0 0 0 value pinned "$PINS/programs-$3"
}

take_away() { # everything that was loaded; the kernel frees it a moment later
  rm -rf "${PINS:?}"/* "${STATE:?}"/*
  # Not to be listed at once: opening a program array while the kernel still clears it after its last pin went
  # leaves a reference behind, and the map stays until the next boot (prog_array_map_clear(), seen on 6.18).
  sleep 2
}

clean_up() {
  rm -rf "$STATE" "${PINS:?}"
}
trap clean_up EXIT
