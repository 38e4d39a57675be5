/** Compiled BPF objects, and raw BTF such as /sys/kernel/btf/vmlinux. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { InputError } from "../../base/input-error.ts";
import type { Problem } from "../../component/load.ts";
import { KERNEL_STRUCTS } from "../../model/struct-profiles/index.ts";
import { readAll } from "../byte-source.ts";
import { reportProblems } from "../component-scan.ts";
import { baseName } from "../file-name.ts";
import { type ByteSource, defineImporter, type FactSink } from "../importer.ts";
import { toObjectFile } from "../object-file.ts";

/** An object is read as a whole; vmlinux's BTF has 6 MiB, a BPF object hardly one. */
const MAX_BYTES = 256 * 1024 * 1024;
const COMPILE = "clang -g -O2 -target bpf -c FILE.bpf.c";
const ELF_MAGIC = [0x7f, 0x45, 0x4c, 0x46];
const BTF_MAGICS = [
  [0x9f, 0xeb],
  [0xeb, 0x9f],
];

export const bpfObject = defineImporter({
  id: "bpf-object",
  title: "compiled BPF object or raw BTF",
  docs: "docs/formats/bpf-object.md",
  priority: 5, // Told by its first bytes, which are no text.
  sniff: ({ bytes }) =>
    startsWith(bytes, ELF_MAGIC) || BTF_MAGICS.some((magic) => startsWith(bytes, magic)),

  async read(source, sink) {
    const { bytes, cut } = await readAll(source, MAX_BYTES);
    if (cut) {
      const message = `it has more than ${MAX_BYTES} bytes`;
      throw new InputError("over-limit", { file: source.file, offset: source.offset }, message);
    }
    const parsed = inPlace(source, () => sink.component.parseObject(bytes, baseName(source.file)));
    reportProblems(parsed.problems.map(inside(bytes.length)), source, sink, COMPILE);
    if (parsed.typeCount === 0 && !parsed.problems.some(isOfTypes)) {
      sink.diagnostic(noTypes(source));
    }
    sink.add("objects", [toObjectFile(source.file, parsed)]);
    if (parsed.format === "btf") readStructSizes(bytes, source, sink);
  },
});

/** A damaged header can say that a section is at any 64-bit place: what is past the input is at its end. */
function inside(bytes: number): (problem: Problem) => Problem {
  return (problem) => ({ ...problem, offset: Math.min(problem.offset, bytes) });
}

/** Damaged types are told by the component, with their place. */
function isOfTypes({ path }: Problem): boolean {
  return /^\.?btf/i.test(path);
}

function noTypes({ file, offset }: ByteSource): Diagnostic {
  return {
    level: "info",
    code: "no-types",
    file,
    offset,
    message: "the object has no BTF: what its keys and values are made of is not known",
    hint: `Compile it with types: \`${COMPILE}\`; libbpf 1.0 and later refuse maps without.`,
  };
}

/** Only a kernel's own BTF has its map structs; that of a module or a program has not. */
function readStructSizes(bytes: Uint8Array, source: ByteSource, sink: FactSink): void {
  const found = inPlace(source, () => sink.component.structSizes(bytes, KERNEL_STRUCTS));
  const sizes: Record<string, number> = {};
  KERNEL_STRUCTS.forEach((name, at) => {
    const size = found[at] ?? Number.NaN;
    if (!Number.isNaN(size)) sizes[name] = size;
  });
  if (sizes.bpf_map !== undefined) sink.structSizes({ sizes, source: source.file });
}

/** The component knows offsets, not files. */
function inPlace<Result>(source: ByteSource, call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { offset = 0, path } = error.place;
    const place = { file: source.file, offset: source.offset + offset };
    throw new InputError(
      error.code,
      path === undefined ? place : { ...place, path },
      error.message,
      error.hint ?? `Is it a BPF object? \`${COMPILE}\` makes one.`,
    );
  }
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}
