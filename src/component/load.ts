/** Instantiates the WebAssembly component from bytes that the caller hands over. */
import { toMapList, toProblem, toProgramList } from "./columns.ts";
import { toDumpList } from "./dumps.ts";
import { rethrow } from "./errors.ts";
import { instantiate } from "./generated/parse.js";
import { shims } from "./generated/shims.js";
import { type ParsedObject, type TypeIndex, toObject, toTypeIndex } from "./objects.ts";
import type { DumpList, MapList, Problem, ProgramList, Scanner } from "./results.ts";
import { scanner } from "./scanner.ts";

export type * from "./objects.ts";
export type * from "./results.ts";

export interface Component {
  /** `file` is the name that errors carry. */
  mapListScanner(file?: string): Scanner<MapList>;
  mapDumpScanner(file?: string): Scanner<DumpList>;
  programListScanner(file?: string): Scanner<ProgramList>;
  /**
   * Reads a compiled object, or raw BTF. `file` is its name: libbpf names data sections by it, and errors carry it.
   * Throws `InputError` when it is neither, or too little of it is left.
   */
  parseObject(bytes: Uint8Array, file: string): ParsedObject;
  /**
   * Finds the types of raw BTF, or of an ELF file of any machine. `inheritedStrings` are the bytes of the strings
   * of the file that a split one goes on from; a file that brings its base along (`.BTF.base`) goes on from that.
   * Throws `InputError` when there is no BTF.
   */
  indexTypes(
    bytes: Uint8Array,
    options?: { readonly file?: string; readonly inheritedStrings?: number },
  ): { index: TypeIndex; base?: TypeIndex; problems: Problem[] };
  /**
   * Bytes of each struct or union in raw BTF or in an ELF file's; NaN where it has none of that name.
   * Throws `InputError` when there is no BTF.
   */
  structSizes(btf: Uint8Array, names: readonly string[], file?: string): Float64Array;
}

/** The generated core module's name; what lies beside it is small and comes as JavaScript. */
const CORE = "parse.core.wasm";

/** `core` is `generated/parse.core.wasm`, as bytes or compiled. */
export async function loadComponent(core: BufferSource | WebAssembly.Module): Promise<Component> {
  const compile = (name: string) => {
    const bytes = name === CORE ? core : shims[name];
    if (bytes === undefined) throw new Error(`the component asks for a module ${name}`);
    return bytes instanceof WebAssembly.Module ? bytes : WebAssembly.compile(bytes);
  };
  const { maps, dumps, programs, objects } = await instantiate(compile, {});
  return {
    mapListScanner: (file) => scanner(new maps.MapListScanner(), toMapList, file),
    mapDumpScanner: (file) => scanner(new dumps.MapDumpScanner(), toDumpList, file),
    programListScanner: (file) => scanner(new programs.ProgramListScanner(), toProgramList, file),
    parseObject: (bytes, file) =>
      attempt(file, () => toObject(objects.parseObject(bytes, baseName(file)))),
    indexTypes: (bytes, { file = "", inheritedStrings = 0 } = {}) =>
      attempt(file, () => {
        const { index, base, problems } = objects.indexTypes(bytes, inheritedStrings);
        return {
          index: toTypeIndex(index),
          ...(base !== undefined && { base: toTypeIndex(base) }),
          problems: problems.map(toProblem),
        };
      }),
    structSizes: (btf, names, file = "") =>
      attempt(file, () =>
        objects.structSizes(btf, [...names]).map((size) => (size < 0 ? NaN : size)),
      ),
  };
}

function attempt<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    rethrow(error, file);
  }
}

/** libbpf names an object by its file's name, without the folders; `!` stands before a member of an archive. */
function baseName(file: string): string {
  return file.split(/[/\\!]/).at(-1) ?? file;
}
