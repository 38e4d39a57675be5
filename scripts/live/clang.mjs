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

/** Compresses sections; libbpf undoes it for none, and takes what it puts into maps as it stands in the file. */
export function compressSections(object, output, format, sections) {
  const run = sections.map((it) => `--compress-sections=${it}=${format}`);
  execFileSync(objcopy, [...run, object, output]);
  return `llvm-objcopy ${run.join(" ")}`;
}

/** An object of a 32-bit machine that has BTF, which pahole makes of DWARF, as it does for kernels and their modules. */
export function compileTypes32({ folder, file, output }) {
  const flags = ["-target", "armv7-linux-gnueabihf", "-ffreestanding", "-g", "-gdwarf-4"];
  execFileSync(clang, [...flags, "-fdebug-compilation-dir=bpf", "-c", file, "-o", output], {
    cwd: folder,
    stdio: "inherit",
  });
  execFileSync("pahole", ["-J", output]);
  execFileSync(strip, ["-g", output]);
  return `clang ${flags.join(" ")} -c ${file}; pahole -J; llvm-strip -g`;
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
