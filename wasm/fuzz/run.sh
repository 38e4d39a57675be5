#!/usr/bin/env bash
# Runs every fuzz target over its committed corpus and on from there, SECONDS each (20 when not given):
#
#     wasm/fuzz/run.sh [SECONDS] [TARGET…]
#
# Needs cargo-fuzz (cargo install cargo-fuzz) and nightly Rust, or stable with its unstable flags opened. What is found
# on the way goes to a folder of its own, so that the committed corpus stays as it is; a crash is left in artifacts/.
set -euo pipefail
cd "$(dirname "$0")"

seconds=${1:-20}
shift || true
targets=("$@")
[ "${#targets[@]}" -gt 0 ] || mapfile -t targets < <(cargo fuzz list)

if rustup toolchain list 2> /dev/null | grep -q '^nightly'; then
  fuzz=(cargo +nightly fuzz)
else
  export RUSTC_BOOTSTRAP=1
  fuzz=(cargo fuzz)
fi

found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT
for target in "${targets[@]}"; do
  mkdir -p "$found/$target" "artifacts/$target"
  printf '=== %s, %s s\n' "$target" "$seconds"
  "${fuzz[@]}" run "$target" "$found/$target" "corpus/$target" -- \
    -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 -max_len=32768 -print_final_stats=1 \
    2>&1 | grep -E '^stat::number_of_executed|^(==|SUMMARY|thread|artifact|error)' 
done
