// What the generated files were made from, and with what.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listFiles } from "./compare.mjs";

/** Files and folders under wasm/ that decide what comes out; tests of the crates do not. */
const SOURCES = [
  "Cargo.lock",
  "Cargo.toml",
  "build",
  "build.mjs",
  "component/Cargo.toml",
  "component/src",
  "package-lock.json",
  "package.json",
  "parser/Cargo.toml",
  "parser/src",
  "scan/Cargo.toml",
  "scan/src",
  "wit",
];

/** SHA-256 over the names and bytes of all sources, in the order of their names. */
export function hashSources(folder) {
  const hash = createHash("sha256");
  const isFolder = (name) =>
    readdirSync(join(folder, name, ".."), { withFileTypes: true }).some(
      (entry) => entry.isDirectory() && entry.name === name.split("/").at(-1),
    );
  const files = SOURCES.flatMap((name) =>
    isFolder(name) ? listFiles(join(folder, name)).map((file) => `${name}/${file}`) : [name],
  );
  for (const file of files.sort()) {
    const bytes = readFileSync(join(folder, file));
    hash.update(`${file}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}

/** Size and SHA-256 of every generated file. */
export function describeFiles(out) {
  const describe = (name) => {
    const bytes = readFileSync(join(out, name));
    return [
      name,
      { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") },
    ];
  };
  const names = listFiles(out).filter((name) => name !== "provenance.json");
  return Object.fromEntries(names.map(describe));
}

export function writeProvenance(folder, out, toolchain) {
  const provenance = { sources: hashSources(folder), toolchain, files: describeFiles(out) };
  writeFileSync(join(out, "provenance.json"), `${JSON.stringify(provenance, null, 2)}\n`);
  return provenance;
}

export function sameToolchain(one, other) {
  return JSON.stringify(one.toolchain) === JSON.stringify(other.toolchain);
}
