/** @module Interface mapscope:parse/columns@1.0.0 **/
export interface Texts {
  joined: string,
  ends: Uint32Array,
}
export interface Holders {
  object: Float64Array,
  pidCount: Uint32Array,
  pinCount: Uint32Array,
  pid: Float64Array,
  comm: Int32Array,
  comms: Texts,
  pins: Texts,
}
