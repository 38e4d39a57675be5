/** @module Interface mapscope:parse/dumps@1.0.0 **/
export type ParseError = import('./mapscope-parse-errors.js').ParseError;
export type Problem = import('./mapscope-parse-errors.js').Problem;
export interface Dump {
  mapId?: number,
  mapType?: string,
  name?: string,
  elements: number,
  distinctKeys: number,
  distinctKeysExact: boolean,
  nonzeroValues: number,
  unreadable: number,
  keySize: number,
  valueSize: number,
  possibleCpus?: number,
  innerMapIds: Float64Array,
  valueU32s: Uint32Array,
  complete: boolean,
}
export interface DumpList {
  dumps: Array<Dump>,
  problems: Array<Problem>,
}

export class MapDumpScanner {
  constructor()
  push(chunk: Uint8Array): void;
  finish(): DumpList;
}
