/**
 * Which part of a report a line belongs to: the heading above it, and, where a writer compares runtimes or
 * settings, which of those. Only headings that say nothing else open one: `## kata:`, `## sandbox_cgroup_only=true`,
 * or a comment `# runc` among pasted commands.
 */
import type { ReportPart } from "../../model/usage/part.ts";
import { isFence, isHeading } from "./lines.ts";

const RUNTIME =
  /^(?:with |using |使用|用)?(runc|crun|kata(?:[ -]containers?)?|runsc|gvisor|youki|sysbox)(?: (?:runtime|pods?|containers?))?$/i;
const SETTING =
  /^([a-z][\w.-]{2,60}) ?[=＝] ?(true|false|on|off|yes|no|enabled|disabled|\d{1,12})$/i;

/** Longer lines are no heading. */
const MAX_HEADING = 120;
/** A comment among commands is below every heading. */
const COMMENT_LEVEL = 7;

interface Variant {
  readonly label: string;
  readonly level: number;
  readonly subject: string | undefined;
  hasBlock: boolean;
}

/** What is compared, as its heading says it; undefined for a heading that says more than that. */
export function variantOf(heading: string): string | undefined {
  const words = wordsOf(heading);
  const setting = SETTING.exec(words);
  if (setting) return `${setting[1]}=${setting[2]}`.toLowerCase();
  return RUNTIME.exec(words)?.[1]
    ?.toLowerCase()
    .replace(/[ -]containers?$/, "");
}

/** Walked from the first line of a report to the last. */
export class Parts {
  /** Headings that the line stands under, the outermost first. */
  readonly #above: { readonly level: number; readonly text: string }[] = [];
  #variant: Variant | undefined;
  #part: ReportPart | undefined;

  /** Undefined above the first heading. */
  get part(): ReportPart | undefined {
    return this.#part;
  }

  line(text: string, fenced: boolean): void {
    if (isFence(text)) {
      // A comment among commands names what follows it in the same fence.
      if (fenced && this.#variant?.level === COMMENT_LEVEL) this.#close();
      return;
    }
    if (text.length > MAX_HEADING || !isHeading(text)) return;
    const label = variantOf(text);
    if (label !== undefined) this.#open(label, fenced ? COMMENT_LEVEL : levelOf(text));
    else if (!fenced) this.#heading(levelOf(text), wordsOf(text));
  }

  /** A block of tool output ends here: a heading beside the variant's own is then no step of it any more. */
  block(): void {
    if (this.#variant) this.#variant.hasBlock = true;
  }

  #open(label: string, level: number) {
    while ((this.#above.at(-1)?.level ?? 0) >= level) this.#above.pop();
    const above = this.#above.at(-1);
    this.#variant = { label, level, subject: above?.text, hasBlock: false };
    this.#update();
  }

  #close() {
    this.#variant = undefined;
    this.#update();
  }

  #heading(level: number, text: string) {
    const open = this.#variant;
    const ends = open && (level < open.level || (level === open.level && open.hasBlock));
    if (ends) this.#variant = undefined;
    // A step of the variant is no subject of its own.
    if (this.#variant) return;
    while ((this.#above.at(-1)?.level ?? 0) >= level) this.#above.pop();
    this.#above.push({ level, text });
    this.#update();
  }

  #update() {
    const heading = this.#above.at(-1)?.text;
    const { label, subject } = this.#variant ?? {};
    const part = {
      ...(heading !== undefined && { heading }),
      ...((subject ?? heading) !== undefined && { subject: subject ?? heading }),
      ...(label !== undefined && { variant: label }),
    } as ReportPart;
    this.#part = Object.keys(part).length === 0 ? undefined : part;
  }
}

function levelOf(text: string): number {
  return /^\s*(#+)/.exec(text)?.[1]?.length ?? 1;
}

/** Without marks, and with a colon or full stop at its end taken off. */
function wordsOf(text: string): string {
  return text
    .replace(/^[\s#]+/, "")
    .replace(/[*`]+/g, "")
    .replace(/[\s#:：.。]+$/, "")
    .replace(/\s+/g, " ");
}
