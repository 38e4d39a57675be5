#!/usr/bin/env node
// Compiles bpf/*.bpf.c for both byte orders into fixtures/bpf-object/, with what llvm-readelf and bpftool say of each
// object beside it in expected/. `--check` compiles into a temporary folder, says which sections differ from what
// is committed, and ends with 1 when one does. Needs clang (or clang-NN) with its llvm tools, libbpf-dev, bpftool.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  clangVersion,
  compileObject,
  compileTypes32,
  compressSections,
  sectionsOf,
} from "./live/clang.mjs";
import { describeObject } from "./live/describe-object.mjs";
import { replaceInManifest } from "./live/manifest.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const sources = join(root, "bpf");
const committed = join(root, "fixtures/bpf-object");

/** Objects of one source: as it is, or under another name with other flags. */
const VARIANTS = {
  "legacy-maps": [
    { name: "legacy-maps", debug: false }, // no BTF at all, as objects of that time have it
    { name: "legacy-maps-btf", debug: true },
  ],
};

/**
 * Objects made of others: linked by bpftool, which writes this machine's byte order only, or with compressed
 * sections.
 */
const DERIVED = [
  { name: "linked.el", from: ["linked-one.el", "linked-two.el"] },
  { name: "rare-declarations-linked.el", from: ["rare-declarations.el"] },
  { name: "map-attributes-zlib.el", from: ["map-attributes.el"], compression: "zlib" },
  { name: "map-attributes-zlib.eb", from: ["map-attributes.eb"], compression: "zlib" },
  { name: "map-attributes-zstd.el", from: ["map-attributes.el"], compression: "zstd" },
  {
    name: "map-attributes-all-zlib.el",
    from: ["map-attributes.el"],
    compression: "zlib",
    sections: [".BTF*", ".rodata*", ".data*", "socket"],
  },
];

if (process.argv.includes("--check")) {
  const folder = mkdtempSync(join(tmpdir(), "mapscope-objects-"));
  try {
    const changed = buildAll(folder).filter(({ name }) => differs(folder, name));
    const verdict = changed.length === 0 ? "all objects are as committed" : "built";
    console.log(`${verdict} (clang ${clangVersion()})`);
    process.exitCode = changed.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
} else {
  rmSync(committed, { recursive: true, force: true });
  const files = buildAll(committed).flatMap((object) => describeObject(committed, object));
  replaceInManifest(join(root, "fixtures/manifest.json"), "bpf-object/", { files });
  console.log(`${files.length} files written (clang ${clangVersion()})`);
}

/** Every object of every source, as its name (`<source>.el` or `.eb`) and the command that made it. */
function buildAll(folder) {
  mkdirSync(folder, { recursive: true });
  const names = readdirSync(sources).filter((it) => it.endsWith(".bpf.c"));
  const compiled = names.sort().flatMap((file) => {
    const source = file.slice(0, -".bpf.c".length);
    const variants = VARIANTS[source] ?? [{ name: source, debug: true }];
    return variants.flatMap(({ name, debug }) =>
      ["el", "eb"].map((byteOrder) => {
        const output = join(folder, `${name}.${byteOrder}.o`);
        const command = compileObject({ folder: sources, file, byteOrder, debug, output });
        return { name: `${name}.${byteOrder}`, command };
      }),
    );
  });
  const output = join(folder, "types-32.el.o");
  const command = compileTypes32({ folder: sources, file: "types-32.c", output });
  return [
    ...compiled,
    ...DERIVED.map((it) => derive(folder, it)),
    { name: "types-32.el", command },
  ];
}

function derive(folder, { name, from, compression, sections = [".BTF*"] }) {
  const output = join(folder, `${name}.o`);
  const inputs = from.map((it) => join(folder, `${it}.o`));
  if (compression !== undefined) {
    const command = compressSections(inputs[0], output, compression, sections);
    return { name, command: `${command} ${from[0]}.o`, compression };
  }
  execFileSync("bpftool", ["gen", "object", output, ...inputs]);
  return { name, command: `bpftool gen object ${name}.o ${from.map((it) => `${it}.o`).join(" ")}` };
}

/** Says which sections differ from the committed object. */
function differs(folder, name) {
  const file = `${name}.o`;
  if (!existsSync(join(committed, file))) {
    console.log(`${file}: not committed`);
    return true;
  }
  const fresh = sectionsOf(join(folder, file));
  const old = sectionsOf(join(committed, file));
  const all = [...new Set([...old.keys(), ...fresh.keys()])];
  const changed = all.filter((section) => old.get(section) !== fresh.get(section));
  if (changed.length > 0) console.log(`${file} differs in ${changed.join(", ")}`);
  return changed.length > 0;
}
