/** Hands the members of one archive on, each as an input of its own, within the limits. */
import type { ErrorCode } from "../../base/error-codes.ts";
import type { ByteSource, FactSink } from "../importer.ts";
import { memberName } from "./member-name.ts";

export class Members {
  /** Paths as they were handed on. */
  readonly paths = new Set<string>();
  readonly #source: ByteSource;
  readonly #sink: FactSink;

  constructor(source: ByteSource, sink: FactSink) {
    this.#source = source;
    this.#sink = sink;
  }

  /**
   * Reads a member to its end, whether or not an importer wants all of it. `at` is where its header
   * stands in the archive. False when no more members may be read.
   */
  async read(name: string, at: number, content: AsyncGenerator<Uint8Array>): Promise<boolean> {
    const { limits } = this.#sink.budget;
    if (!this.#sink.budget.member()) {
      this.problem(
        "over-limit",
        at,
        `it has more than ${limits.members} members; the others are not read`,
        {
          hint: "Unpack it, and pass the files that matter.",
        },
      );
      return false;
    }
    const path = this.#pathOf(name, at);
    await this.#sink.readMember({
      file: `${this.#source.file}!${path}`,
      offset: 0,
      bytes: undefined,
      // An importer that has seen enough closes its iterator: the member is still to be passed.
      async *chunks() {
        for (let next = await content.next(); !next.done; next = await content.next()) {
          yield next.value;
        }
      },
    });
    for (let next = await content.next(); !next.done; ) next = await content.next();
    return true;
  }

  /** Something about the archive itself, or about a member as it stands in it. */
  problem(
    code: ErrorCode,
    at: number,
    message: string,
    { member, hint, level = "data-loss" }: ProblemOptions = {},
  ): void {
    this.#sink.diagnostic({
      level,
      code,
      file: this.#source.file,
      offset: this.#source.offset + at,
      ...(member !== undefined && { path: memberName(member, 200).path }),
      message: this.#source.isUnpacked
        ? `${message} (the offset is that of the unpacked archive)`
        : message,
      ...(hint !== undefined && { hint }),
    });
  }

  #pathOf(name: string, at: number): string {
    const { nameBytes } = this.#sink.budget.limits;
    const { path, problem, tooLong } = memberName(name, nameBytes);
    if (tooLong) {
      this.problem(
        "over-limit",
        at,
        `a member's name has more than ${nameBytes} characters; it is cut`,
        {
          member: path.slice(0, 80),
          level: "warning",
          hint: "The member is read under the name's beginning.",
        },
      );
    } else if (problem !== undefined) {
      this.problem("malformed", at, `a member's name ${problem}; it is read as ${path}`, {
        member: path,
        level: "warning",
        hint: "Do not unpack this archive by hand where that could do harm.",
      });
    }
    let unique = path;
    for (let number = 2; this.paths.has(unique); number += 1) unique = `${path} (${number})`;
    if (unique !== path) {
      this.problem(
        "ambiguous",
        at,
        `the archive holds ${path} more than once; this one is read as ${unique}`,
        {
          level: "info",
          hint: "Unpacking would keep the last one.",
        },
      );
    }
    this.paths.add(unique);
    return unique;
  }
}

interface ProblemOptions {
  readonly member?: string;
  readonly hint?: string;
  readonly level?: "info" | "warning" | "data-loss";
}
