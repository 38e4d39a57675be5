#!/usr/bin/env node
// Puts bytes into the maps of all-kinds.el.o on the running kernel and keeps what `bpftool -j map dump` makes of them
// with the object's own types: the known answer for decoding. Needs root, bpf(2) and bpftool.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { release } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { replaceInManifest } from "./live/manifest.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const object = join(root, "fixtures/bpf-object/all-kinds.el.o");
const pins = "/sys/fs/bpf/mapscope-decoded";
const file = "bpf-decoded/all-kinds.el.json";
const bpftool = (...args) => execFileSync("bpftool", args, { encoding: "utf8" });

/** Bytes of each map's entries: keys, and values that count up, are all ones, or have a meaning by member. */
const ENTRIES = {
  samples: [
    { key: numbers([2, 1], [2, 2]), value: counting(256, 1) },
    { key: numbers([2, 0xffff], [2, 0x8000]), value: new Uint8Array(256).fill(0xff) },
    { key: numbers([2, 3], [2, 4]), value: meant() },
  ],
  with_holes: [{ key: numbers([4, 7]), value: counting(80, 0x81) }],
  of_packed: [
    { key: counting(7, 0xf0), value: counting(32, 0x10) },
    { key: counting(7, 1), value: counting(32, 0) },
  ],
};

rmSync(pins, { recursive: true, force: true });
bpftool("prog", "loadall", object, pins, "pinmaps", pins);
try {
  const result = {};
  for (const [name, entries] of Object.entries(ENTRIES)) {
    for (const { key, value } of entries) {
      bpftool(
        "map",
        "update",
        "pinned",
        join(pins, name),
        "key",
        ...hex(key),
        "value",
        ...hex(value),
      );
    }
    const dump = JSON.parse(readable(bpftool("-j", "map", "dump", "pinned", join(pins, name))));
    const wanted = new Set(entries.map(({ key }) => hex(key).join(" ")));
    result[name] = dump
      .filter(({ key }) => wanted.has(key.join(" ")))
      .map(({ key, value, formatted }) => ({
        key: key.join(" "),
        value: value.join(" "),
        formatted,
      }))
      // A hash map's own order differs each time.
      .sort((a, b) => (a.key < b.key ? -1 : 1));
  }
  mkdirSync(join(root, "fixtures/bpf-decoded"), { recursive: true });
  writeFileSync(join(root, "fixtures", file), `${JSON.stringify(result, null, 1)}\n`);
  const tool = { name: "bpftool", version: JSON.parse(bpftool("-j", "version")).version };
  const command = "bpftool -j map dump pinned <map of all-kinds.el.o>";
  const entry = { path: file, format: "bpftool-decoded", kernel: release(), tool, command };
  replaceInManifest(join(root, "fixtures/manifest.json"), file, { files: [entry] });
} finally {
  rmSync(pins, { recursive: true, force: true });
}

function hex(bytes) {
  return Array.from(bytes, (byte) => `0x${byte.toString(16).padStart(2, "0")}`);
}

/** Integers past 2^53 would lose their last digits: they become text. A float, and what follows it, is not there. */
function readable(json) {
  return json.replace(/:(-?\d{16,})\b/g, ':"$1"').replace(/,"\w+":\(unsupported-kind/g, "");
}

function counting(length, first) {
  return Uint8Array.from({ length }, (_, index) => (first + index * 7) & 0xff);
}

function numbers(...parts) {
  const bytes = parts.flatMap(([size, number]) =>
    Array.from({ length: size }, (_, index) =>
      Number((BigInt(number) >> BigInt(8 * index)) & 0xffn),
    ),
  );
  return Uint8Array.from(bytes);
}

/** Enumerators, flags, texts, booleans and floats that mean something, at the places of `struct sample`. */
function meant() {
  const value = new Uint8Array(256);
  const view = new DataView(value.buffer);
  view.setInt8(0, -5);
  view.setInt16(2, -300, true);
  view.setBigInt64(8, -(2n ** 60n) - 1n, true);
  view.setBigUint64(16, 2n ** 63n + 1n, true);
  value[24] = 1;
  value[26] = "x".charCodeAt(0);
  new TextEncoder().encodeInto("hello, map", value.subarray(27));
  value.set([1, 0, 2, 0], 41);
  view.setUint32(48, 5, true); // DROP
  view.setUint32(52, 77, true); // no verdict
  view.setInt32(56, -2, true); // BELOW
  view.setUint32(60, 0x80, true); // MODE_SYNC
  view.setUint32(64, 3, true); // MODE_READ and MODE_WRITE
  view.setBigUint64(72, 0x123456789abcdefn, true);
  view.setBigInt64(80, -0x123456789abcdefn, true);
  value[88] = 200;
  view.setUint32(96, 5 | (100 << 3) | (0x1d << 10) | (0x801 << 20), true);
  view.setBigUint64(104, 0x1ffffffffen, true);
  view.setUint32(112, 0x0100007f, true);
  view.setBigUint64(152, 0xffff888000001234n, true);
  view.setBigUint64(224, 1n, true);
  view.setBigUint64(232, 2n ** 63n, true);
  view.setFloat32(240, 1.5, true);
  view.setFloat64(248, -0.1, true);
  return value;
}
