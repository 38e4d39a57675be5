/** Walks a tar archive from its first byte to its last, and goes on after damage. */
import type { ByteReader } from "./byte-reader.ts";
import type { Members } from "./members.ts";
import { BLOCK, isZero, parsePax, parseTarHeader, type TarHeader } from "./tar-header.ts";

/** Long names and other attributes; more is not kept. */
const MAX_ATTRIBUTES = 64 * 1024;

/** What a type holds instead of content of its own. */
const WITHOUT_CONTENT: Readonly<Record<string, string>> = {
  "1": "link",
  "2": "link",
  "3": "device",
  "4": "device",
  "6": "pipe",
};
const FILES = "07";
const FOLDERS = "5D";
const LABELS = "VM";

const AGAIN = "Was it copied whole? Compare it with the original: `sha256sum <file>`.";

/** Attributes that a header before it gives to the next member. */
interface Attributes {
  readonly path?: string;
  readonly size?: number;
  readonly isSparse?: boolean;
}

export async function readTar(reader: ByteReader, members: Members): Promise<void> {
  const leftOut = new Map<string, number>();
  let global: Attributes = {};
  let own: Attributes = {};
  let ended = false;
  for (;;) {
    const at = reader.position;
    const block = await reader.peek(BLOCK);
    if (block.length === 0) break;
    if (block.length < BLOCK) {
      if (!ended)
        members.problem("truncated", at, "the archive breaks off inside a header", { hint: AGAIN });
      return summary();
    }
    if (isZero(block)) {
      ended = true;
      reader.take(BLOCK);
      continue;
    }
    const header = parseTarHeader(block);
    if (!header) {
      if (!(await findHeader())) return summary();
      [own, ended] = [{}, false];
      continue;
    }
    ended = false;
    reader.take(BLOCK);
    if ("xgLK".includes(header.type)) {
      const read = await attributes(header, at);
      if (header.type === "g") global = { ...global, ...read };
      else own = { ...own, ...read };
      continue;
    }
    const given = { ...global, ...own };
    own = {};
    if (!(await member(header, given, at))) return summary();
  }
  if (!ended) {
    members.problem(
      "truncated",
      reader.position,
      "the archive ends without its end mark: members may be missing",
      {
        level: "warning",
        hint: AGAIN,
      },
    );
  }
  summary();

  async function member(header: TarHeader, given: Attributes, at: number): Promise<boolean> {
    const name = given.path ?? header.name;
    const size = given.size ?? header.size;
    const nothing = WITHOUT_CONTENT[header.type];
    if (nothing !== undefined) {
      leftOut.set(nothing, (leftOut.get(nothing) ?? 0) + 1);
      return true;
    }
    if (header.type === "S" || given.isSparse === true) {
      members.problem(
        "skipped-record",
        at,
        "a sparse member is stored without its holes, and is not read",
        {
          member: name,
          hint: "Pack it again without `--sparse`.",
        },
      );
      for (let more = header.isExtended; more; ) {
        more = (await reader.peek(BLOCK))[504] === 1;
        await reader.skip(BLOCK);
      }
      await pass(size, name);
      return true;
    }
    // A folder of old archives is a file whose name ends with a slash.
    const isFile = FILES.includes(header.type) && !name.endsWith("/");
    if (!isFile) {
      if (!FOLDERS.includes(header.type) && !LABELS.includes(header.type) && !name.endsWith("/")) {
        members.problem(
          "skipped-record",
          at,
          `a member of the unknown type ${JSON.stringify(header.type)} is not read`,
          {
            member: name,
          },
        );
      }
      await pass(size, name);
      return true;
    }
    const goesOn = await members.read(name, at, content(size, name));
    if (goesOn) await reader.skip(padding(size));
    return goesOn;
  }

  async function* content(size: number, name: string) {
    let left = size;
    while (left > 0) {
      const chunk = (await reader.chunk())?.subarray(0, left);
      if (!chunk) return brokenOff(size, left, name);
      reader.take(chunk.length);
      left -= chunk.length;
      yield chunk;
    }
  }

  async function pass(size: number, name: string) {
    const passed = await reader.skip(size);
    if (passed < size) brokenOff(size, size - passed, name);
    await reader.skip(padding(size));
  }

  function brokenOff(size: number, left: number, name: string) {
    const message = `the archive breaks off after ${size - left} of the ${size} bytes of this member`;
    members.problem("truncated", reader.position, message, { member: name, hint: AGAIN });
  }

  async function attributes(header: TarHeader, at: number): Promise<Attributes> {
    const kept = Math.min(header.size, MAX_ATTRIBUTES);
    const bytes = new Uint8Array(await reader.peek(kept));
    await pass(header.size, "attributes of a member");
    if (header.size > MAX_ATTRIBUTES) {
      members.problem(
        "over-limit",
        at,
        `a member's attributes have ${header.size} bytes; the first ${MAX_ATTRIBUTES} are read`,
        {
          level: "warning",
          hint: "The member is read, perhaps under another name.",
        },
      );
    }
    if (header.type === "L")
      return { path: new TextDecoder().decode(bytes).split("\0", 1)[0] ?? "" };
    if (header.type === "K") return {};
    const pax = parsePax(bytes);
    const path = pax.get("GNU.sparse.name") ?? pax.get("path");
    const size = pax.get("size");
    return {
      ...(path !== undefined && { path }),
      ...(size !== undefined && /^\d{1,15}$/.test(size) && { size: Number(size) }),
      ...([...pax.keys()].some((key) => key.startsWith("GNU.sparse.")) && { isSparse: true }),
    };
  }

  async function findHeader() {
    const from = reader.position;
    let found = false;
    do {
      if ((await reader.skip(BLOCK)) < BLOCK) break;
      const block = await reader.peek(BLOCK);
      found = parseTarHeader(block) !== undefined;
    } while (!found);
    const until = found ? "the next member is read on" : "no other member follows";
    members.problem(
      "malformed",
      from,
      `${reader.position - from} bytes are no member of a tar archive; ${until}`,
      { hint: AGAIN },
    );
    return found;
  }

  function summary() {
    if (leftOut.size === 0) return;
    const list = [...leftOut].map(([what, count]) => `${count} ${what}${count === 1 ? "" : "s"}`);
    members.problem(
      "skipped-record",
      0,
      `left out, as they hold nothing of their own: ${list.join(", ")}`,
      {
        level: "info",
      },
    );
  }
}

function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}
