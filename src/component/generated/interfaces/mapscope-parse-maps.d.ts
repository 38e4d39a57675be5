/** @module Interface mapscope:parse/maps@1.0.0 **/
export type ParseError = import('./mapscope-parse-errors.js').ParseError;
export type Problem = import('./mapscope-parse-errors.js').Problem;
export type Texts = import('./mapscope-parse-columns.js').Texts;
export type Holders = import('./mapscope-parse-columns.js').Holders;
export interface MapList {
  id: Float64Array,
  mapType: Int32Array,
  typeNames: Texts,
  name: Int32Array,
  names: Texts,
  keySize: Float64Array,
  valueSize: Float64Array,
  maxEntries: Float64Array,
  flags: Float64Array,
  memlockBytes: Float64Array,
  btfId: Float64Array,
  frozen: Float64Array,
  holders: Holders,
  problems: Array<Problem>,
  complete: boolean,
}

export class MapListScanner {
  constructor()
  push(chunk: Uint8Array): void;
  finish(): MapList;
}
