#!/usr/bin/env node
// Builds the WebAssembly component: cargo -> component -> jco -> src/component/generated.
//
//   node wasm/build.mjs              builds into src/component/generated
//   node wasm/build.mjs --out DIR    builds into DIR
//   node wasm/build.mjs --check [--out DIR]
//       builds elsewhere and compares with what is committed, byte for byte, when the toolchain is the recorded one;
//       with another toolchain it says so and leaves the fresh build in DIR, for the test suite to be run against.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { differences } from "./build/compare.mjs";
import { buildCore } from "./build/core.mjs";
import { toJavaScript } from "./build/javascript.mjs";
import { sameToolchain, writeProvenance } from "./build/provenance.mjs";
import { findToolchain } from "./build/toolchain.mjs";

const wasmFolder = dirname(fileURLToPath(import.meta.url));
const committed = resolve(wasmFolder, "../src/component/generated");

const { values } = parseArgs({
  options: { check: { type: "boolean", default: false }, out: { type: "string" } },
});

const toolchain = findToolchain(wasmFolder);
console.log(`toolchain: ${toolchain.description}`);

const scratch =
  values.check && !values.out ? mkdtempSync(join(tmpdir(), "mapscope-wasm-")) : undefined;
const out = scratch ?? (values.out ? resolve(values.out) : committed);
try {
  const core = buildCore(wasmFolder, toolchain);
  const jco = await toJavaScript(wasmFolder, core, out);
  const provenance = writeProvenance(wasmFolder, out, { ...toolchain.versions, jco });
  console.log(`core: ${provenance.files["parse.core.wasm"].bytes} bytes, in ${out}`);
  if (values.check) check(provenance);
} finally {
  if (scratch) rmSync(scratch, { recursive: true, force: true });
}

function check(fresh) {
  const recorded = JSON.parse(readFileSync(join(committed, "provenance.json"), "utf8"));
  if (!sameToolchain(recorded, fresh)) {
    console.log(
      "the toolchain is not the recorded one, so the bytes may differ; the tests must decide:",
    );
    console.log(`  recorded ${JSON.stringify(recorded.toolchain)}`);
    console.log(`  here     ${JSON.stringify(fresh.toolchain)}`);
    return;
  }
  const differing = differences(committed, out);
  if (differing.length === 0) {
    console.log("the committed component is what its sources give, byte for byte");
    return;
  }
  console.error(`the committed component differs from its sources in: ${differing.join(", ")}`);
  console.error("run `npm run build:wasm` and commit src/component/generated");
  process.exitCode = 1;
}
