#!/usr/bin/env node
// Compiles the sources of examples/audit/ into the objects beside them. Needs clang, its llvm tools and libbpf-dev.
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { clangVersion, compileObject } from "./live/clang.mjs";

const example = join(dirname(fileURLToPath(import.meta.url)), "../examples/audit");

for (const release of ["release-1", "release-2"]) {
  const folder = join(example, release);
  for (const file of readdirSync(folder).filter((it) => it.endsWith(".bpf.c"))) {
    const output = join(folder, file.replace(/\.c$/, ".o"));
    console.log(compileObject({ folder, file, byteOrder: "el", debug: true, output }));
  }
}
console.log(`clang ${clangVersion()}`);
