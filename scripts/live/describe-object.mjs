// What other tools say of a compiled object, kept beside it as the known answer for our parser.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { clangVersion, readelf, sectionsOf } from "./clang.mjs";

const READELF = ["--file-header", "--sections", "--symbols", "--relocations"];

/** Objects whose type information is also kept as a raw BTF file, which is what /sys/kernel/btf/ holds. */
const RAW_BTF = new Set(["map-attributes.el", "map-attributes.eb"]);

/** It warns of kinds that it does not know on stderr. */
const PAHOLE = { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] };

/** Writes expected/ for one object and returns the manifest's entries for it and for them. */
export function describeObject(folder, { name, command, compression }) {
  const object = join(folder, `${name}.o`);
  mkdirSync(join(folder, "expected"), { recursive: true });
  const clang = { name: "clang", version: clangVersion() };
  const files = [entry(`${name}.o`, "bpf-object", clang, command)];

  save(`${name}.readelf.json.gz`, readelf(object, READELF));
  const readelfCommand = `llvm-readelf --elf-output-style=JSON ${READELF.join(" ")} ${name}.o`;
  const llvm = { name: "llvm-readelf", version: clangVersion() };
  files.push(entry(`expected/${name}.readelf.json.gz`, "llvm-readelf", llvm, readelfCommand));

  const btf = sectionsOf(object).get(".BTF");
  // bpftool and pahole take compressed types for damaged ones.
  if (btf === undefined || compression !== undefined) return files;
  const dump = ["-j", "btf", "dump", "file"];
  save(`${name}.btf.json.gz`, bpftool([...dump, object]));
  const version = JSON.parse(bpftool(["-j", "version"])).version;
  files.push(
    entry(
      `expected/${name}.btf.json.gz`,
      "bpftool-btf-dump.gz",
      { name: "bpftool", version },
      `bpftool ${dump.join(" ")} ${name}.o`,
    ),
  );
  save(`${name}.btf.c.gz`, bpftool(["btf", "dump", "file", object, "format", "c"]));
  const cCommand = `bpftool btf dump file ${name}.o format c`;
  files.push(
    entry(`expected/${name}.btf.c.gz`, "bpftool-btf-c", { name: "bpftool", version }, cCommand),
  );
  save(`${name}.pahole.txt.gz`, execFileSync("pahole", ["-F", "btf", object], PAHOLE));
  const paholeVersion = execFileSync("pahole", ["--version"], { encoding: "utf8" }).trim();
  const pahole = { name: "pahole", version: paholeVersion.replace(/^v/, "") };
  files.push(entry(`expected/${name}.pahole.txt.gz`, "pahole", pahole, `pahole -F btf ${name}.o`));
  if (RAW_BTF.has(name)) {
    writeFileSync(join(folder, `${name}.btf`), btf, "latin1");
    files.push(entry(`${name}.btf`, "bpf-object", clang, `section .BTF of ${name}.o`));
  }
  return files;

  function save(file, text) {
    writeFileSync(join(folder, "expected", file), gzipSync(text, { level: 9 }));
  }
}

function entry(path, format, tool, command) {
  return { path: `bpf-object/${path}`, format, tool, command };
}

function bpftool(args) {
  return execFileSync("bpftool", args, { encoding: "utf8", maxBuffer: 1 << 28 });
}
