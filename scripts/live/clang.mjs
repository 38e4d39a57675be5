// clang and its llvm tools: a BPF object from a source, the bytes of its sections, what llvm-readelf says of it.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { findTool } from "./find-tool.mjs";

const clang = findTool("clang");
const strip = findTool("llvm-strip");
const objcopy = findTool("llvm-objcopy");
const llvmReadelf = findTool("llvm-readelf");

/** Debian keeps asm/types.h in a folder of the machine's own. */
const MULTIARCH = { x64: "x86_64-linux-gnu", arm64: "aarch64-linux-gnu" };

/** Runs in the source's folder with relative names only, so that no path of this machine gets into the object. */
export function compileObject({ folder, file, byteOrder, debug, output }) {
  const flags = ["-target", `bpf${byteOrder}`, "-mcpu=v3", "-O2", "-Wall", "-Werror"];
  if (debug) flags.push("-g");
  const local = ["-fdebug-compilation-dir=bpf", "-ffile-prefix-map=/usr/include=include"];
  const multiarch = MULTIARCH[process.arch];
  if (multiarch) local.push(`-I/usr/include/${multiarch}`);
  const run = [...flags, ...local, "-c", file, "-o", output];
  execFileSync(clang, run, { cwd: folder, stdio: "inherit" });
  execFileSync(strip, ["-g", output]); // DWARF goes, BTF stays
  return `clang ${flags.join(" ")} -c ${file}; llvm-strip -g`;
}

/** Compresses .BTF and .BTF.ext; what a loader maps into memory cannot be compressed. */
export function compressSections(object, output, format) {
  const run = [`--compress-sections=.BTF*=${format}`];
  execFileSync(objcopy, [...run, object, output]);
  return `llvm-objcopy ${run.join(" ")}`;
}

/** Section name to its bytes, as latin1 text. */
export function sectionsOf(object) {
  const bytes = readFileSync(object);
  const [{ Sections }] = JSON.parse(readelf(object, ["--sections"]));
  return new Map(
    Sections.map(({ Section: { Name, Type, Offset, Size } }) => [
      Name.Name,
      Type.Name === "SHT_NOBITS" ? `${Size}` : bytes.toString("latin1", Offset, Offset + Size),
    ]),
  );
}

/** JSON, without the folder of the object. */
export function readelf(object, options) {
  const args = ["--elf-output-style=JSON", ...options, object];
  const text = execFileSync(llvmReadelf, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  return text.replaceAll(`${dirname(object)}/`, "");
}

export function clangVersion() {
  return /version (\S+)/.exec(execFileSync(clang, ["--version"], { encoding: "utf8" }))?.[1];
}
