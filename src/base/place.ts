/** Where in an input something stands: what every diagnostic and input error points at. */
export interface Place {
  /** The name the user gave, with the member's path after `!` for a file in an archive. */
  readonly file: string;
  /** Byte offset from the start of that file. */
  readonly offset?: number;
  /** JSONPath (`$[812].value`), line (`line 40`) or heading, where that says more than the offset. */
  readonly path?: string;
}
