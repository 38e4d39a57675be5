/** From bytes to objects and types: the component, instantiated once, and what it finds opened. */
import { type Component, loadComponent } from "../component/load.ts";
import { type BpfObject, toBpfObject } from "./bpf-object.ts";
import { Btf, type BtfOptions } from "./btf.ts";
import { type CoreSource, readCore } from "./core-source.ts";

export interface ObjectOptions {
  /** The object's file name: libbpf names data sections by it, and errors carry it. */
  readonly file?: string;
}

/** The parsers behind an instantiated component: no call waits for anything. */
export interface Parser {
  /**
   * Reads a compiled BPF object, or raw BTF. What is damaged is told in `problems`, and the rest is read.
   * Throws `InputError`, with offset and field, when it is neither, or too little of it is left.
   */
  parseObject(bytes: Uint8Array, options?: ObjectOptions): BpfObject;
  /**
   * Opens raw BTF such as `/sys/kernel/btf/vmlinux`, or the BTF of an ELF file of any machine. The bytes
   * are kept and read from later: do not change them. A module that brings what it is split from
   * (`.BTF.base`) is opened on that. Throws `InputError` when there is no BTF.
   */
  parseBtf(bytes: Uint8Array, options?: BtfOptions): Btf;
}

/** Instantiates the component; without a source, from the file beside this one. */
export async function createParser(core?: CoreSource): Promise<Parser> {
  return parserOf(await loadComponent(await readCore(core)));
}

/** The parsers of a component that is there already. */
export function parserOf(component: Pick<Component, "parseObject" | "indexTypes">): Parser {
  return {
    parseObject: (bytes, { file = "" } = {}) =>
      toBpfObject(bytes, component.parseObject(bytes, file), file),
    parseBtf(bytes, options = {}) {
      const { base: given, file } = options;
      const named = file === undefined ? {} : { file };
      const { index, base, problems } = component.indexTypes(bytes, {
        ...named,
        ...(given !== undefined && { inheritedStrings: given.stringsLength }),
      });
      if (base === undefined) return new Btf(bytes, index, problems, options);
      const own = new Btf(bytes, base, [], named);
      return new Btf(bytes, index, problems, { ...named, base: own });
    },
  };
}

let shared: Promise<Parser> | undefined;

function sharedParser(): Promise<Parser> {
  shared ??= createParser().catch((error) => {
    // The next call tries again: a file may be there by then.
    shared = undefined;
    throw error;
  });
  return shared;
}

/** As `Parser.parseObject`, with a component that is instantiated by the first call. */
export async function parseObject(bytes: Uint8Array, options?: ObjectOptions): Promise<BpfObject> {
  return (await sharedParser()).parseObject(bytes, options);
}

/** As `Parser.parseBtf`, with a component that is instantiated by the first call. */
export async function parseBtf(bytes: Uint8Array, options?: BtfOptions): Promise<Btf> {
  return (await sharedParser()).parseBtf(bytes, options);
}
