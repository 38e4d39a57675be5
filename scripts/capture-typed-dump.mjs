#!/usr/bin/env node
// Puts operations into the map of operation-durations.el.o on the running kernel, and keeps what bpftool says of it:
// the listing, the dump, and the dump by types, which is the known answer. Needs root, bpf(2) and bpftool.
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { release } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { replaceInManifest } from "./live/manifest.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const object = join(root, "fixtures/bpf-object/operation-durations.el.o");
const pins = "/sys/fs/bpf/mapscope-durations";
const map = "kmehs_perf_map";
const bpftool = (...args) => execFileSync("bpftool", args, { encoding: "utf8" });

/** Thread, operation, start and end in nanoseconds since boot; the last one goes on. */
const OPERATIONS = [
  [4211, 1, 91_000_123_456_789n, 91_000_123_512_001n],
  [4211, 2, 91_000_200_000_000n, 91_000_200_004_200n],
  [4388, 1, 9_007_199_254_740_993n, 9_007_199_254_999_999n], // past 2^53
  [4389, 3, 91_004_000_000_000n, 0n],
];

rmSync(pins, { recursive: true, force: true });
bpftool("prog", "loadall", object, pins, "pinmaps", pins);
try {
  const pinned = ["pinned", join(pins, map)];
  for (const [tid, operation, start, end] of OPERATIONS) {
    const key = [...bytes(tid, 4), ...bytes(operation, 4)];
    const value = [...bytes(start, 8), ...bytes(end, 8), ...bytes(operation, 4), 0, 0, 0, 0];
    bpftool("map", "update", ...pinned, "key", ...key, "value", ...value);
  }
  keep("bpftool-map-show", "operation-durations.json", ["-j", "map", "show", ...pinned]);
  keep("bpftool-map-dump", `map-dump-${map}.json`, ["-j", "map", "dump", ...pinned]);
  // By name, as a known answer is no dump to be read.
  const named = (printed) => `{"${map}": ${printed.trimEnd()}}\n`;
  keep("bpf-decoded", "operation-durations.el.json", ["map", "dump", ...pinned], named);
} finally {
  rmSync(pins, { recursive: true, force: true });
}

function keep(format, name, args, toText = (printed) => printed) {
  const path = `${format}/${name}`;
  writeFileSync(join(root, "fixtures", path), toText(bpftool(...args)));
  replaceInManifest(join(root, "fixtures/manifest.json"), path, {
    files: [
      {
        path,
        format: format === "bpf-decoded" ? "bpftool-decoded" : format,
        kernel: release(),
        tool: { name: "bpftool", version: JSON.parse(bpftool("-j", "version")).version },
        command: `bpftool ${args.join(" ")}`,
      },
    ],
  });
}

function bytes(number, size) {
  return Array.from({ length: size }, (_, index) =>
    String((BigInt(number) >> BigInt(8 * index)) & 0xffn),
  );
}
