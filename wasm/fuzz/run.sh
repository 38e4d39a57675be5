#!/usr/bin/env bash
# Runs every fuzz target over its committed corpus and on from there, SECONDS each (20 when not given), one a processor:
#
#     wasm/fuzz/run.sh [SECONDS] [TARGET…]
#
# Needs rustup's Rust, stable or nightly, and a C++ compiler: libFuzzer is built along. What is found on the way goes to
# a folder of its own, so that the committed corpus stays as it is; a crash is left in artifacts/.
# Where the targets cannot be built for the fuzzer, each replays its committed corpus instead, with any Rust, and says so.
set -euo pipefail
cd "$(dirname "$0")"

seconds=${1:-20}
shift || true
targets=("$@")
[ "${#targets[@]}" -gt 0 ] || mapfile -t targets < <(basename -s .rs fuzz_targets/*.rs)

machine=$(rustc -vV | sed -n 's/^host: //p')
binaries=${CARGO_TARGET_DIR:-target}/$machine/release

# What `cargo fuzz build` passes: coverage that steers libFuzzer, an address sanitizer, and one unit of code a crate, which
# makes the targets several times as fast. With the flags here, cargo-fuzz itself need not be compiled first.
INSTRUMENTED=(
  --cfg fuzzing
  -Zsanitizer=address
  -Ccodegen-units=1
  -Cpasses=sancov-module
  -Cllvm-args=-sanitizer-coverage-level=4
  -Cllvm-args=-sanitizer-coverage-inline-8bit-counters
  -Cllvm-args=-sanitizer-coverage-pc-table
  -Cllvm-args=-sanitizer-coverage-trace-compares
  -Cllvm-args=-sanitizer-coverage-stack-depth
  -Cllvm-args=-simplifycfg-branch-fold-threshold=0
)

# Naming the machine keeps the flags off build scripts. Stable Rust takes them with RUSTC_BOOTSTRAP=1.
build() {
  RUSTC_BOOTSTRAP=1 RUSTFLAGS="${INSTRUMENTED[*]}" cargo build --release --locked --target "$machine" "$@"
}

# Whether this Rust has what the flags ask for: without it nothing can be fuzzed, with it a failure is the targets'.
has_sanitizer() {
  printf 'fn main() {}\n' \
    | RUSTC_BOOTSTRAP=1 rustc "${INSTRUMENTED[@]}" --target "$machine" -o "$scratch/empty" - > "$scratch/why" 2>&1
}

# The tests of this name read the files of the corpus and the fixtures once.
replay() {
  echo "=== no fuzzing: this Rust cannot build for the fuzzer, so only the committed corpus is replayed"
  for target in "${targets[@]}"; do
    printf '=== %s, %s files\n' "$target" "$(find "corpus/$target" -type f | wc -l)"
    cargo test --quiet --locked --manifest-path ../Cargo.toml \
      --package mapscope-scan --test fuzz_corpus -- --exact "$target"
  done
}

# fuzz TARGET: what it says is printed at its end, in one piece, as others run beside it.
fuzz() {
  local target=$1 log=$scratch/$1.log status=0
  mkdir -p "$scratch/$target" "artifacts/$target"
  "$binaries/$target" "$scratch/$target" "corpus/$target" -artifact_prefix="artifacts/$target/" \
    -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 -max_len=32768 -print_final_stats=1 \
    > "$log" 2>&1 || status=$?
  printf '=== %s, %s s\n' "$target" "$seconds"
  grep -E '^stat::number_of_executed|^(==|SUMMARY|thread|artifact|error)|panicked' "$log" || tail -n 20 "$log"
  return "$status"
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if ! has_sanitizer; then
  tail -n 3 "$scratch/why" >&2
  replay
  exit
fi
build "${targets[@]/#/--bin=}"
export -f fuzz
export scratch seconds binaries
# Ends with a status of its own when any of them fails; the others run on.
printf '%s\n' "${targets[@]}" | xargs -P "$(nproc)" -I {} bash -c 'fuzz {}'
