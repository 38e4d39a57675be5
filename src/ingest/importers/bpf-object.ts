/** Compiled BPF objects, and raw BTF such as /sys/kernel/btf/vmlinux. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { InputError } from "../../base/input-error.ts";
import type { Problem } from "../../component/load.ts";
import { KERNEL_STRUCTS } from "../../model/struct-profiles/index.ts";
import { readAll } from "../byte-source.ts";
import { reportProblems } from "../component-scan.ts";
import { declarationHint } from "../declaration-hints.ts";
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
    reportProblems(parsed.problems, source, sink, COMPILE, declarationHint);
    if (parsed.types === undefined && !parsed.problems.some(isOfTypes)) {
      sink.diagnostic(noTypes(source));
    }
    const { object, layoutsCut } = toObjectFile(source.file, parsed, bytes);
    if (layoutsCut) sink.diagnostic(cutLayouts(source));
    sink.add("objects", [object]);
    if (parsed.format === "btf") readStructSizes(bytes, source, sink);
  },
});

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

function cutLayouts({ file, offset }: ByteSource): Diagnostic {
  return {
    level: "data-loss",
    code: "over-limit",
    file,
    offset,
    path: ".BTF",
    message:
      "the types of keys and values have too many members, or are in themselves: not all are listed",
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
