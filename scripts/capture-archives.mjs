#!/usr/bin/env node
// Remakes fixtures/mapscope-capture with our own capture script on this kernel: `node scripts/capture-archives.mjs`.
// Needs root, bpf(2), bpftool, gcc and busybox, and no map of anybody else while it runs. See docs/fixtures.md.
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { release, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildHelper } from "./live/build-helper.mjs";

const scripts = dirname(fileURLToPath(import.meta.url));
const fixtures = join(scripts, "../fixtures");
const target = join(fixtures, "mapscope-capture");
const ARCHIVES = { "busybox-sh.tar.gz": "node.tar.gz", "series.tar.gz": "series.tar.gz" };

const work = mkdtempSync(join(tmpdir(), "mapscope-archives-"));
try {
  const out = join(work, "out");
  const env = {
    ...process.env,
    OUT: out,
    PINS: "/sys/fs/bpf/mapscope",
    LIVEMAP: buildHelper(work),
    OBJECTS: join(fixtures, "bpf-object"),
    CAPTURE: join(scripts, "../capture/mapscope-capture.sh"),
    SHELLS: "busybox sh",
  };
  execFileSync("sh", [join(scripts, "live/archive.sh")], { env, stdio: "inherit" });
  for (const name of Object.keys(ARCHIVES)) refuseStrangers(join(out, name), out);
  save(out);
} finally {
  rmSync(work, { recursive: true });
}

/** The archives are kept as they were written, so nothing of anybody else may be in them. */
function refuseStrangers(archive, out) {
  const text = (pattern) =>
    execFileSync("tar", ["-xOzf", archive, "--wildcards", pattern], { encoding: "utf8" });
  const maps = text("*/map-show.json")
    .trim()
    .split("\n")
    .flatMap((it) => JSON.parse(it));
  const own = new Set(factsIn(out).map(({ id }) => id));
  // A program array without a pin may be one that the kernel never let go: see docs/fixtures.md.
  const others = maps.filter(({ id, type, name, max_entries, pinned }) =>
    name === undefined
      ? max_entries !== 1
      : !own.has(id) && (type !== "prog_array" || (pinned ?? []).length > 0),
  );
  const pins = text("*/bpffs.txt").trim().split("\n");
  // The kernel itself puts the two into every BPF file system.
  const otherPins = pins.filter(
    (it) =>
      !it.startsWith("/sys/fs/bpf/mapscope/") && !/^\/sys\/fs\/bpf\/(maps|progs)\.debug$/.test(it),
  );
  if (others.length + otherPins.length === 0) return;
  const ids = others.map(({ id }) => id);
  throw new Error(
    `maps (${ids}) or pins (${otherPins}) of another program are there: run it again`,
  );
}

/** The script lets nobody but root read what it writes. */
function keep(from, to) {
  copyFileSync(from, to);
  chmodSync(to, 0o644);
}

function factsIn(out) {
  const lines = readFileSync(join(out, "facts.tsv"), "utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const [snapshot, id, pin, type, entries] = line.split("\t");
    return {
      snapshot,
      id: Number(id),
      pin,
      type,
      ...(entries !== "-" && { entries: Number(entries) }),
    };
  });
}

function save(out) {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target);
  for (const [name, kept] of Object.entries(ARCHIVES)) keep(join(out, name), join(target, kept));
  const unpacked = join(work, "unpacked");
  mkdirSync(unpacked);
  execFileSync("tar", ["-xzf", join(target, "node.tar.gz"), "-C", unpacked]);
  const [root] = readdirSync(unpacked);
  const [look] = JSON.parse(readFileSync(join(unpacked, root, "capture.json"), "utf8")).times;
  copyFileSync(join(unpacked, root, "capture.json"), join(target, "capture.json"));
  copyFileSync(join(unpacked, root, look, "capture.json"), join(target, "look.json"));
  const command = "mapscope-capture.sh --dump 'kmesh_*' --dump outer_map --dump conn_stats";
  const tool = { name: "mapscope-capture", version: "1" };
  const of = (path, format, more) => ({ path, format, kernel: release(), tool, command, ...more });
  const manifest = {
    files: [
      of("node.tar.gz", "gzip", {
        command: `${command} --dump map_of_cluster_eps_data`,
        facts: factsIn(out).filter((it) => it.snapshot === "before"),
      }),
      of("series.tar.gz", "gzip", {
        command: `${command} --every 15s --count 2`,
        facts: factsIn(out),
      }),
      of("capture.json", "mapscope-capture", { note: "of node.tar.gz" }),
      of("look.json", "mapscope-capture", { note: "of the look in node.tar.gz" }),
    ],
  };
  writeFileSync(join(target, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}
