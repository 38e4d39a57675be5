#!/usr/bin/env bash
# Runs every fuzz target over its committed corpus and on from there, SECONDS each (20 when not given):
#
#     wasm/fuzz/run.sh [SECONDS] [TARGET…]
#
# Needs cargo-fuzz (cargo install cargo-fuzz) and nightly Rust, or stable with its unstable flags opened. What is found
# on the way goes to a folder of its own, so that the committed corpus stays as it is; a crash is left in artifacts/.
# Where the fuzzer cannot be had or built, each target replays its committed corpus instead, with any Rust, and says so.
set -euo pipefail
cd "$(dirname "$0")"

seconds=${1:-20}
shift || true
targets=("$@")
[ "${#targets[@]}" -gt 0 ] || mapfile -t targets < <(basename -s .rs fuzz_targets/*.rs)

# Sets `fuzz` to what builds the targets; false when nothing here does. Nightly Rust is made for it: when that fails, the
# targets are at fault, and the run with it.
find_fuzzer() {
  if ! command -v cargo-fuzz > /dev/null; then
    echo "cargo-fuzz is not installed" >&2
    return 1
  fi
  if rustup toolchain list 2> /dev/null | grep -q '^nightly'; then
    fuzz=(cargo +nightly fuzz)
    "${fuzz[@]}" build || exit
    return
  fi
  export RUSTC_BOOTSTRAP=1
  fuzz=(cargo fuzz)
  "${fuzz[@]}" build && return
  echo "stable Rust cannot build the fuzz targets here: its sanitizers may be missing" >&2
  unset RUSTC_BOOTSTRAP
  return 1
}

# The tests of this name read the files of the corpus and the fixtures once.
replay() {
  echo "=== no fuzzing: without cargo-fuzz and a Rust that builds its targets, only the committed corpus is replayed"
  for target in "${targets[@]}"; do
    printf '=== %s, %s files\n' "$target" "$(find "corpus/$target" -type f | wc -l)"
    cargo test --quiet --locked --manifest-path ../Cargo.toml \
      --package mapscope-scan --test fuzz_corpus -- --exact "$target"
  done
}

if ! find_fuzzer; then
  replay
  exit
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
