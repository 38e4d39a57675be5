/** The public names of `mapscope/btf`, nothing else: docs/library-btf.md tells how they are used. */
export { InputError } from "../base/input-error.ts";
export type { ParsedDefinition, ParsedMap, ParsedProgram, Problem } from "../component/load.ts";
export {
  type BpfObject,
  type CoreRelocation,
  coreRelocations,
  type SourceLine,
  sourceLines,
} from "./bpf-object.ts";
export { Btf, type BtfOptions } from "./btf.ts";
export type { CoreSource } from "./core-source.ts";
export { type DecodeOptions, decode, decoder } from "./decode.ts";
export type { Decoded } from "./decoded.ts";
export { type Hole, type Layout, type LayoutMember, layoutOf } from "./layout.ts";
export { mapTypeName } from "./map-type-name.ts";
export { createParser, type ObjectOptions, type Parser, parseBtf, parseObject } from "./parser.ts";
export { renderC } from "./render-c.ts";
export { alignOf, pointerBytes, sizeOf, strip } from "./size.ts";
export { typeName } from "./spelling.ts";
export type * from "./type.ts";
