#!/usr/bin/env node
// Remakes the captures in fixtures/ with the real bpftool: `node scripts/capture-fixtures.mjs SCENARIO [KERNEL_IMAGE]`.
// SCENARIO is `shapes`, `objects` or `head` (scripts/live/<scenario>.sh). Needs root, bpf(2), bpftool, gcc; with a kernel
// image it runs under QEMU instead of on this kernel. See docs/fixtures.md.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildHelper } from "./live/build-helper.mjs";
import { describeCapture } from "./live/describe-capture.mjs";
import { replaceInManifest } from "./live/manifest.mjs";
import { removeMaps, unknownMaps } from "./live/others.mjs";
import { structSizes } from "./live/struct-sizes.mjs";

const scripts = dirname(fileURLToPath(import.meta.url));
const fixtures = join(scripts, "../fixtures");
const PINS = "/sys/fs/bpf/mapscope";
const [scenario, kernelImage] = process.argv.slice(2);
const SCENARIOS = ["shapes", "objects", "head"];
if (!SCENARIOS.includes(scenario)) {
  console.error(`usage: capture-fixtures.mjs ${SCENARIOS.join("|")} [KERNEL_IMAGE]`);
  process.exit(2);
}

const work = mkdtempSync(join(tmpdir(), "mapscope-capture-"));
try {
  const saved = kernelImage ? captureInGuest(kernelImage) : captureHere();
  saveCapture(saved);
} finally {
  rmSync(work, { recursive: true });
}

function captureHere() {
  const list = JSON.parse(execFileSync("bpftool", ["-j", "map", "show"], { encoding: "utf8" }));
  const others = new Set(list.map(({ id }) => id));
  const out = join(work, "out");
  const env = {
    ...process.env,
    OUT: out,
    PINS,
    LIVEMAP: buildHelper(work),
    OBJECTS: objectFolder(),
  };
  execFileSync("sh", [join(scripts, `live/${scenario}.sh`)], { env, stdio: "inherit" });
  cpSync("/sys/kernel/btf/vmlinux", join(out, "vmlinux.btf"));
  removeMaps(out, others);
  return out;
}

function captureInGuest(image) {
  const out = join(work, "out");
  const script = join(scripts, "live/run-in-guest.sh");
  const args = [script, image, scenario, out, buildHelper(work), objectFolder()];
  execFileSync("sh", args, { stdio: "inherit" });
  return out;
}

function objectFolder() {
  return join(fixtures, "bpf-object");
}

/** Puts the saved files into fixtures/capture-<version>[-objects]/ and what is known of them into the manifest. */
function saveCapture(saved) {
  const release = readFileSync(join(saved, "uname.txt"), "utf8").split(" ")[1] ?? "";
  const version = release.split(".").slice(0, 2).join(".");
  const folder = scenario === "shapes" ? `capture-${version}` : `capture-${version}-${scenario}`;
  const btf = join(saved, "vmlinux.btf");
  if (existsSync(btf)) {
    writeFileSync(
      join(saved, "struct-sizes.json"),
      `${JSON.stringify(structSizes(btf), null, 2)}\n`,
    );
    rmSync(btf);
  }
  const { capture, files } = describeCapture(saved, folder, scenario);
  const strangers = unknownMaps(saved, new Set(capture.maps.map(({ id }) => id)));
  if (strangers.length > 0) {
    throw new Error(
      `another program made maps meanwhile (ids ${strangers.join(", ")}): run it again`,
    );
  }
  rmSync(join(saved, "commands.tsv"));
  rmSync(join(saved, "facts.tsv"));
  rmSync(join(fixtures, folder), { recursive: true, force: true });
  cpSync(saved, join(fixtures, folder), { recursive: true });
  replaceInManifest(join(fixtures, "manifest.json"), `${folder}/`, { captures: [capture], files });
  console.log(`${folder}: ${files.length} files, kernel ${release}`);
}
