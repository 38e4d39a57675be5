/** @module Interface mapscope:parse/errors@1.0.0 **/
export interface Place {
  offset: bigint,
  path: string,
  message: string,
}
export type ParseError = ParseErrorWrongFormat | ParseErrorTruncated | ParseErrorMalformed | ParseErrorOverLimit;
export interface ParseErrorWrongFormat {
  tag: 'wrong-format',
  val: Place,
}
export interface ParseErrorTruncated {
  tag: 'truncated',
  val: Place,
}
export interface ParseErrorMalformed {
  tag: 'malformed',
  val: Place,
}
export interface ParseErrorOverLimit {
  tag: 'over-limit',
  val: Place,
}
/**
 * # Variants
 * 
 * ## `"truncated"`
 * 
 * ## `"malformed"`
 * 
 * ## `"skipped-record"`
 * 
 * ## `"repaired"`
 * 
 * ## `"inexact-integer"`
 * 
 * ## `"tool-error"`
 * 
 * ## `"over-limit"`
 */
export type ProblemCode = 'truncated' | 'malformed' | 'skipped-record' | 'repaired' | 'inexact-integer' | 'tool-error' | 'over-limit';
export interface Problem {
  code: ProblemCode,
  offset: bigint,
  path: string,
  message: string,
}
