/** What archives may ask for, so that a small hostile one does not keep a reader busy for ever. */

export interface ArchiveLimits {
  /** Layers of packing: an archive in a compressed file in an archive has three. */
  readonly layers: number;
  /** Members of one input, those of nested archives included. */
  readonly members: number;
  /** Of a member's path. */
  readonly nameBytes: number;
  /** Unpacked bytes for each byte of the input, once `freeBytes` are passed. */
  readonly ratio: number;
  readonly freeBytes: number;
}

/**
 * The ratio is far above what dumps reach (a dump of a million empty entries: 40), and below the 1032
 * that DEFLATE can reach with nothing but repetition. One gibibyte is unpacked in seconds.
 */
export const ARCHIVE_LIMITS: ArchiveLimits = {
  layers: 8,
  members: 100_000,
  nameBytes: 4096,
  ratio: 500,
  freeBytes: 1024 * 1024 * 1024,
};

/** What one input of the user has asked for so far, over all its layers. */
export class Budget {
  readonly limits: ArchiveLimits;
  inputBytes = 0;
  #unpacked = 0;
  #members = 0;

  constructor(limits: ArchiveLimits) {
    this.limits = limits;
  }

  /** False when so much was unpacked from so little that it is left. */
  unpacked(bytes: number): boolean {
    this.#unpacked += bytes;
    return (
      this.#unpacked <= this.limits.freeBytes ||
      this.#unpacked <= this.inputBytes * this.limits.ratio
    );
  }

  /** False when there are more members than are read. */
  member(): boolean {
    this.#members += 1;
    return this.#members <= this.limits.members;
  }
}
