/** @module Interface mapscope:parse/objects@1.0.0 **/
export function parseObject(bytes: Uint8Array, name: string): Object;
export function structSizes(btf: Uint8Array, names: Array<string>): Float64Array;
export type ParseError = import('./mapscope-parse-errors.js').ParseError;
export type Problem = import('./mapscope-parse-errors.js').Problem;
export type Texts = import('./mapscope-parse-columns.js').Texts;
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
  keyLayout?: number,
  valueLayout?: number,
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
  pinning: number,
  slots: Array<Slot>,
  structOps?: StructOps,
  isCreated: boolean,
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
export interface Layout {
  typeName: string,
  size: number,
  elements: number,
  names: Texts,
  typeNames: Texts,
  bitOffset: BigUint64Array,
  bits: BigUint64Array,
  depth: Uint32Array,
  gapBitOffset: BigUint64Array,
  gapBits: BigUint64Array,
  gapDepth: Uint32Array,
  gapTrailing: Uint8Array,
  lostBits: bigint,
  complete: boolean,
}
export interface Object {
  format: Format,
  bigEndian: boolean,
  license?: string,
  maps: Array<MapDeclaration>,
  programs: Array<Program>,
  layouts: Array<Layout>,
  typeCount: number,
  problems: Array<Problem>,
}
