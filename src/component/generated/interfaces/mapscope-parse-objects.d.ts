/** @module Interface mapscope:parse/objects@1.0.0 **/
export function indexTypes(bytes: Uint8Array, inherited: number): Types;
export function parseObject(bytes: Uint8Array, name: string): Object;
export function structSizes(btf: Uint8Array, names: Array<string>): Float64Array;
export type ParseError = import('./mapscope-parse-errors.js').ParseError;
export type Problem = import('./mapscope-parse-errors.js').Problem;
/**
 * # Variants
 * 
 * ## `"elf"`
 * 
 * ## `"btf"`
 */
export type Format = 'elf' | 'btf';
/**
 * # Variants
 * 
 * ## `"btf"`
 * 
 * ## `"legacy"`
 * 
 * ## `"data-section"`
 * 
 * ## `"kconfig"`
 * 
 * ## `"struct-ops"`
 */
export type Origin = 'btf' | 'legacy' | 'data-section' | 'kconfig' | 'struct-ops';
export interface Definition {
  mapType: number,
  keySize?: number,
  valueSize?: number,
  maxEntries: number,
  flags: number,
  mapExtra: bigint,
  numaNode?: number,
  keyType?: number,
  valueType?: number,
}
export interface Slot {
  index: number,
  name: string,
  isProgram: boolean,
}
export interface StructOps {
  name: string,
  size: number,
  members: number,
  functions: number,
  valueMembers?: number,
}
export interface MapDeclaration {
  name: string,
  kernelName: string,
  section: string,
  origin: Origin,
  definition: Definition,
  inner?: Definition,
  optionalFlags: number,
  pinning: number,
  slots: Array<Slot>,
  structOps?: StructOps,
  isCreated: boolean,
  refusal?: string,
}
export interface SourceLine {
  file: string,
  line: number,
}
export interface Program {
  name: string,
  section: string,
  programType: string,
  instructions: number,
  loadedInstructions: number,
  maps: Uint32Array,
  isLoaded: boolean,
  source?: SourceLine,
}
export interface TypeIndex {
  offset: bigint,
  length: bigint,
  inflated?: Uint8Array,
  bigEndian: boolean,
  starts: Uint32Array,
  stringsStart: number,
  stringsEnd: number,
  stringsLength: number,
  namePlaces: Uint32Array,
  nameNext: Uint32Array,
}
export interface ExtIndex {
  functionSection: Uint32Array,
  functionOffset: Uint32Array,
  functionType: Uint32Array,
  lineSection: Uint32Array,
  lineOffset: Uint32Array,
  lineFile: Uint32Array,
  lineText: Uint32Array,
  lineNumber: Uint32Array,
  lineColumn: Uint32Array,
  coreSection: Uint32Array,
  coreOffset: Uint32Array,
  coreType: Uint32Array,
  coreAccess: Uint32Array,
  coreKind: Uint32Array,
}
export interface Object {
  format: Format,
  bigEndian: boolean,
  license?: string,
  maps: Array<MapDeclaration>,
  programs: Array<Program>,
  types?: TypeIndex,
  ext?: ExtIndex,
  problems: Array<Problem>,
}
export interface Types {
  index: TypeIndex,
  base?: TypeIndex,
  problems: Array<Problem>,
}
