/** What one run of `redact` knows: its stand-ins, the words it keeps, and what it left out. */
import { EntryBytes } from "./entry-bytes.ts";
import { StandIns } from "./stand-ins.ts";
import { Words } from "./words.ts";

export class Redaction {
  readonly standIns: StandIns;
  readonly entries: EntryBytes;
  readonly words: Words;
  /** Names of maps whose values are ids of other maps or programs. */
  readonly idMaps: Set<string>;
  /** How often each kind of thing was left out inside of files that were kept. */
  readonly leftOut = new Map<string, number>();

  constructor(options: {
    readonly salt: string;
    /** Names that are kept, as those of public projects. */
    readonly names: ReadonlySet<string>;
    readonly idMaps: ReadonlySet<string>;
  }) {
    this.standIns = new StandIns(options.salt);
    this.entries = new EntryBytes(this.standIns);
    this.words = new Words(this.standIns, options.names);
    this.idMaps = new Set(options.idMaps);
  }

  leaveOut(what: string): void {
    this.leftOut.set(what, (this.leftOut.get(what) ?? 0) + 1);
  }
}
