/** @module Interface mapscope:parse/dumps@1.0.0 **/
export type ParseError = import('./mapscope-parse-errors.js').ParseError;
export type Problem = import('./mapscope-parse-errors.js').Problem;
export interface ToolError {
  message: string,
  count: number,
}
export interface Sampled {
  index: number,
  key: Uint8Array,
  value: Uint8Array,
}
export interface Dump {
  mapId?: number,
  mapType?: string,
  name?: string,
  elements: number,
  distinctKeys: number,
  distinctKeysExact: boolean,
  nonzeroValues: number,
  unreadable: number,
  errors: Array<ToolError>,
  keySize: number,
  valueSize: number,
  possibleCpus?: number,
  innerMapIds: Float64Array,
  valueU32s: Uint32Array,
  valueLengths: Float64Array,
  valueLengthCounts: Float64Array,
  nonzeroByCpu: Float64Array,
  elementsByCpus: Float64Array,
  sample: Array<Sampled>,
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
