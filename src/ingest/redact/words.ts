/**
 * Rewrites text word by word. Kept is what is known: words of tools and kernels, numbers with their units, times and
 * versions. Whatever is not known gets a stand-in; nothing has to be recognised as secret to be replaced.
 */
import type { StandIns } from "./stand-ins.ts";
import { CHINESE, OWNERS, PREFIXES, RUNTIMES, VOCABULARY } from "./vocabulary.ts";

/** In place of prose that says nothing known. */
const GAP = "…";

const TIME =
  "\\d{4}-\\d\\d-\\d\\d(?:[T ]\\d\\d:\\d\\d(?::\\d\\d(?:[.,]\\d{1,9})?)?)?(?:Z|[+-]\\d\\d:?\\d\\d)?";
const FLAGS = "\\bflags 0x[0-9a-fA-F]{1,8}\\b";
const UUID = "[0-9a-fA-F]{8}(?:[-_][0-9a-fA-F]{4}){3}[-_][0-9a-fA-F]{12}";
/** A full stop may end the sentence; `10.0.0.1.53` is an address with a port, and no word that is known. */
const IPV4 = "\\d{1,3}(?:\\.\\d{1,3}){3}(?!\\w|[.-]\\w)";
/** IPv6, also with an IPv4 tail, and hardware addresses; `12:30:45` is a time. */
const COLONS =
  "(?:[0-9a-fA-F]{1,4})?:(?:[0-9a-fA-F]{0,4}:)+(?:[0-9a-fA-F]{1,4}|\\d+(?:\\.\\d+){3})?";
const WORD = "[\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}\\p{N}µμ_.+~$%-]+";
const HAN = "\\p{Script=Han}+";
const PIECE = new RegExp(
  `(${TIME}(?![\\w]))|(${FLAGS})|(${UUID}(?![\\w]))|((?<![\\w])${IPV4})|((?<![\\w.])${COLONS}(?![\\w]))|(${WORD})|(${HAN})|([\\x09\\x20-\\x7e\\u2500-\\u257f↑↓▲▼→：，。（）＝]+?)|(.)`,
  "gsu",
);
const MAX_WORD = 1000;
/** Fewer letters than this begin too many names. */
const LEAST_CUT = 8;
const CLOCK = /^\d{1,2}:\d\d(?::\d\d)?$/;

const UNIT =
  "(?:[KMGTPE]i?B?|[kmgt]i?b?|B|[num]?s|µs|%|[CU]\\d{1,5}G(?:i)?|C|U|h|d|y|h\\d+m|d\\d+h|m\\d+s|y\\d+d|x|th|cores?|vcpu)";
const QUANTITY = new RegExp(`^[-+~]?\\d{1,20}(?:\\.\\d{1,20})?(?:e[-+]?\\d{1,3})?${UNIT}?$`, "i");
const DURATION = /^(?:\d{1,9}(?:\.\d{1,12})?(?:d|h|min|m|s|ms|us|µs|μs|ns))+$/;
/** Of more than three numbers it could be an address. */
const VERSION =
  /^v?\d{1,5}\.\d{1,5}(?:\.\d{1,5})?(?:-?(?:alpha|beta|rc|dev|pre)(?:[.-]?\d{1,5})?)?$/i;
/** `drwx------`, as ls has it; no name of one's own is made of these alone. */
const MODE = /^[-bcdlps](?:[-r][-w][-xsStT]){3}[.+]?$/;
/** What the capture script calls the folder of a look. */
const COMPACT_TIME = /^\d{8}T\d{6}Z$/;
/** `0-7`, or the counts of a scale line; four numbers are how nodes are named after their addresses. */
const COUNTS = /^\d{1,10}(?:-\d{1,10}){1,2}$/;
const RELEASE = /^(?![\d.]+$)[2-9]\.\d{1,2}\.\d{1,3}[-.+~][\w.+~-]*$/;
const HEX_ID = /^[0-9a-f]{8,}$/i;
const SECTION = /^(.*?)(\.(?:rodata|data|bss|kconfig|struct_ops)(?:\.\w{1,12})?)$/;
const CGROUP_ID =
  /^((?:(?:kubepods(?:-burstable|-besteffort)?-)?pod|cri-containerd|crio|docker|containerd|libpod|kata|sandbox)[-_]?)([0-9a-f]{8}(?:[-_]?[0-9a-f]{4}){3}[-_]?[0-9a-f]{12}|[0-9a-f]{12,64})(\.slice|\.scope|\.service)?$/i;

/** A pod of a deployment, with the deployment's name before what the controllers add. */
const POD = /^([a-z][a-z0-9.-]*?)-[0-9a-z]{6,10}-[0-9a-z]{5}$/;

export class Words {
  readonly #standIns: StandIns;
  readonly #names: ReadonlySet<string>;

  constructor(standIns: StandIns, names: ReadonlySet<string>) {
    this.#standIns = standIns;
    this.#names = names;
  }

  /** Every unknown word gets its stand-in; columns stay under their headings as far as there is room. */
  text(text: string): string {
    let made = "";
    let debt = 0;
    for (const match of text.matchAll(PIECE)) {
      const piece = match[0];
      const next = this.#piece(match);
      if (debt !== 0 && /^ +$/.test(piece)) {
        // The pattern gives blanks one by one: all but two may go.
        const isRun = made.endsWith("  ");
        if (debt > 0 && isRun) {
          debt -= 1;
          continue;
        }
        if (debt < 0 && made.endsWith(" ")) {
          made += " ".repeat(-debt);
          debt = 0;
        }
      }
      made += next;
      if (!/^ +$/.test(piece)) debt += next.length - piece.length;
    }
    return made;
  }

  /** As prose: unknown words go, and nothing tells which of them are alike. */
  prose(text: string): string {
    let made = "";
    for (const match of text.matchAll(PIECE)) {
      const [piece, , , uuid, ipv4, colons, word, han] = match;
      const isAddress = uuid !== undefined || ipv4 !== undefined || this.#isAddress(colons);
      const isUnknown = isAddress || (word !== undefined && this.#known(word) === undefined);
      if (word !== undefined && RELEASE.test(word)) made += this.#word(word);
      else if (isUnknown) made += made.endsWith(GAP) || made.endsWith(`${GAP} `) ? "" : GAP;
      else if (piece === " " && made.endsWith(`${GAP} `)) continue;
      else made += han === undefined ? this.#piece(match) : chinese(han);
    }
    return made;
  }

  isKnown(word: string): boolean {
    return this.#known(word) !== undefined;
  }

  #isAddress(colons: string | undefined): boolean {
    return colons !== undefined && !CLOCK.test(colons) && /[0-9a-f]/i.test(colons);
  }

  #piece(match: RegExpMatchArray): string {
    const [, , , uuid, ipv4, colons, word, han, , other] = match;
    if (uuid !== undefined) return this.#standIns.id(uuid);
    if (ipv4 !== undefined) return this.#standIns.ipv4(ipv4);
    if (this.#isAddress(colons)) return this.#standIns.ipv6(colons as string);
    if (word !== undefined) return isCut(match) && this.#begins(word) ? word : this.#word(word);
    if (han !== undefined) return chinese(han);
    if (other !== undefined) return GAP;
    return match[0];
  }

  /** A narrow column shows the beginning of a name. */
  #begins(word: string): boolean {
    return word.length >= LEAST_CUT && [...this.#names].some((it) => it.startsWith(word));
  }

  #word(word: string): string {
    // No tool prints such a word, and patterns would take long over it.
    if (word.length > MAX_WORD) return this.#standIns.name(word);
    const known = this.#known(word);
    if (known !== undefined) return known;
    const [, lead = "", core = "", tail = ""] = /^([.~+$-]*)(.*?)([.~+$-]*)$/s.exec(word) ?? [];
    if (core !== word && core !== "") return lead + this.#word(core) + tail;
    return this.#replaced(word);
  }

  #known(word: string): string | undefined {
    if (word.length > MAX_WORD) return undefined;
    if (this.#names.has(word) || VOCABULARY.has(word) || VOCABULARY.has(word.toLowerCase()))
      return word;
    // OpenTelemetry has full stops where Prometheus has underscores.
    if (word.includes(".") && VOCABULARY.has(word.replaceAll(".", "_"))) return word;
    if (/^[._+~$%-]+$/.test(word)) return word;
    if (
      QUANTITY.test(word) ||
      DURATION.test(word) ||
      VERSION.test(word) ||
      COUNTS.test(word) ||
      COMPACT_TIME.test(word) ||
      MODE.test(word)
    )
      return word;
    const bare = word.replace(/[.]+$/, "");
    return bare !== word && this.#known(bare) !== undefined ? word : undefined;
  }

  #replaced(word: string): string {
    if (RELEASE.test(word)) {
      return word.replace(/[A-Za-z]\w*/g, (part) =>
        VOCABULARY.has(part.toLowerCase()) ||
        /^(?:el|oe|fc|rc|deb|rev|v|git)\d[\w]{0,8}$/.test(part) ||
        part.length === 1
          ? part
          : this.#standIns.name(part),
      );
    }
    if (HEX_ID.test(word)) return this.#standIns.id(word);
    const cgroup = CGROUP_ID.exec(word);
    if (cgroup) {
      const [, before = "", id = "", after = ""] = cgroup;
      return before + this.#standIns.id(id) + after;
    }
    const pod = POD.exec(word);
    if (pod) return `${this.#word(pod[1] as string)}-${this.#standIns.name(word)}`;
    const section = SECTION.exec(word);
    if (section) return this.#standIns.name(section[1] as string) + (section[2] as string);
    const stop = word.indexOf("-");
    const owner = stop === -1 ? undefined : word.slice(0, stop);
    if (owner !== undefined && OWNERS.has(owner)) return `${owner}-${this.#standIns.name(word)}`;
    const prefix = PREFIXES.find((it) => word.startsWith(it) && word !== it);
    if (prefix !== undefined) return this.#standIns.name(word, prefix);
    const runtimes = word
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((it) => RUNTIMES.has(it));
    return [this.#standIns.name(word), ...runtimes].join("-");
  }
}

function isCut({ input = "", index = 0, 0: piece }: RegExpMatchArray): boolean {
  return input[index + piece.length] === "…";
}

/** The longest phrases that are known stay. */
function chinese(text: string): string {
  let made = "";
  for (let at = 0; at < text.length; ) {
    const phrase = CHINESE.find((it) => text.startsWith(it, at));
    if (phrase !== undefined) made += phrase;
    else if (!made.endsWith(GAP)) made += GAP;
    at += phrase?.length ?? 1;
  }
  return made;
}
