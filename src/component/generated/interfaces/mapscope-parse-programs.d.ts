/** @module Interface mapscope:parse/programs@1.0.0 **/
export type ParseError = import('./mapscope-parse-errors.js').ParseError;
export type Problem = import('./mapscope-parse-errors.js').Problem;
export type Texts = import('./mapscope-parse-columns.js').Texts;
export type Holders = import('./mapscope-parse-columns.js').Holders;
export interface ProgramList {
  id: Float64Array,
  programType: Int32Array,
  name: Int32Array,
  tag: Int32Array,
  texts: Texts,
  bytesXlated: Float64Array,
  bytesJited: Float64Array,
  memlockBytes: Float64Array,
  mapCount: Uint32Array,
  mapIds: Float64Array,
  holders: Holders,
  problems: Array<Problem>,
  complete: boolean,
}

export class ProgramListScanner {
  constructor()
  push(chunk: Uint8Array): void;
  finish(): ProgramList;
}
