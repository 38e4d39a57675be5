/** Walks a zip archive from its first byte to its last, and goes on after damage. */
import type { ByteReader } from "./byte-reader.ts";
import { Crc32 } from "./crc32.ts";
import { Inflater } from "./inflate.ts";
import type { Budget } from "./limits.ts";
import type { Members } from "./members.ts";
import {
  DIRECTORY_BYTES,
  directoryLength,
  LOCAL_BYTES,
  type LocalHeader,
  localLength,
  parseDescriptor,
  parseLocal,
  SIGNATURES,
  signatureOf,
} from "./zip-header.ts";

const STORED = 0;
const DEFLATED = 8;
/** Signature, checksum and two sizes of 8 bytes. */
const DESCRIPTOR_BYTES = 24;

const AGAIN = "Was it copied whole? `unzip -t <file>` says what is left of it.";

export async function readZip(reader: ByteReader, members: Members, budget: Budget): Promise<void> {
  let found = 0;
  let listed = 0;
  let isEnd = false;
  for (;;) {
    const at = reader.position;
    const signature = signatureOf(await reader.peek(4));
    if (Number.isNaN(signature)) break;
    if (signature === SIGNATURES.local) {
      const header = await localHeader();
      if (!header) break;
      found += 1;
      if (!(await member(header, at))) return;
    } else if (signature === SIGNATURES.directory) {
      const fixed = await reader.peek(DIRECTORY_BYTES);
      if (fixed.length < DIRECTORY_BYTES) break;
      await reader.skip(directoryLength(fixed));
      listed += 1;
    } else if (signature === SIGNATURES.end) {
      isEnd = true;
      break;
    } else if (!(await passOther(signature, at))) break;
  }
  if (!isEnd) {
    members.problem(
      "truncated",
      reader.position,
      "the archive ends before its directory does: members may be missing",
      {
        level: "warning",
        hint: AGAIN,
      },
    );
  } else if (listed !== found) {
    members.problem(
      "malformed",
      reader.position,
      `the archive lists ${listed} members, and ${found} were found in it`,
      {
        level: found < listed ? "data-loss" : "warning",
        hint: AGAIN,
      },
    );
  }

  async function localHeader(): Promise<LocalHeader | undefined> {
    const fixed = await reader.peek(LOCAL_BYTES);
    if (fixed.length < LOCAL_BYTES) return undefined;
    const whole = await reader.peek(localLength(fixed));
    if (whole.length < localLength(fixed)) return undefined;
    const header = parseLocal(whole);
    reader.take(header.headerBytes);
    return header;
  }

  async function member(header: LocalHeader, at: number): Promise<boolean> {
    const { name, method, isEncrypted, packedSize, hasDescriptor } = header;
    const isSized = !hasDescriptor || packedSize > 0;
    const refusal = isEncrypted
      ? "it is encrypted"
      : method !== STORED && method !== DEFLATED
        ? `it is packed by method ${method}, and only 0 (stored) and 8 (deflate) are known`
        : undefined;
    if (refusal !== undefined) {
      members.problem("wrong-format", at, `the member is not read: ${refusal}`, {
        member: name,
        hint: "Unpack it, and pass the file.",
      });
      if (isSized) await pass(packedSize, name);
      else await findRecord();
      return true;
    }
    if (name.endsWith("/")) {
      await pass(packedSize, name);
      return true;
    }
    const content =
      method === DEFLATED ? deflated(header) : isSized ? stored(header) : unsized(header);
    return members.read(name, at, content);
  }

  async function* stored(header: LocalHeader) {
    const { packedSize, name, crc } = header;
    const sum = new Crc32();
    let left = packedSize;
    while (left > 0) {
      const chunk = (await reader.chunk())?.subarray(0, left);
      if (!chunk) return brokenOff(name, packedSize - left);
      reader.take(chunk.length);
      left -= chunk.length;
      sum.add(chunk);
      yield chunk;
    }
    if (header.hasDescriptor) await descriptor(header, sum, packedSize, packedSize);
    else if (sum.value !== crc) damaged(name);
  }

  async function* deflated(header: LocalHeader) {
    const { packedSize, name, crc, hasDescriptor } = header;
    const isSized = !hasDescriptor || packedSize > 0;
    const start = reader.position;
    const sum = new Crc32();
    const inflater = new Inflater(reader, "raw", budget);
    for await (const chunk of inflater.chunks(isSized ? packedSize : undefined)) {
      sum.add(chunk);
      yield chunk;
    }
    const packed = reader.position - start;
    const { stop } = inflater;
    if (stop) {
      members.problem(
        stop.code,
        reader.position,
        `${stop.message}; ${inflater.outputBytes} bytes of this member are read`,
        {
          member: name,
          hint:
            stop.code === "over-limit" ? "Unpack it, and pass the file, if you trust it." : AGAIN,
        },
      );
      if (isSized) await reader.skip(packedSize - packed);
      else await findRecord();
      return;
    }
    if (isSized) await reader.skip(packedSize - packed);
    if (hasDescriptor) await descriptor(header, sum, packed, inflater.outputBytes);
    else if (sum.value !== crc) damaged(name);
  }

  /** Stored, and only what follows tells how long it is: a descriptor that fits what was read so far. */
  async function* unsized(header: LocalHeader) {
    const sum = new Crc32();
    let size = 0;
    for (;;) {
      const bytes = await reader.peek(64 * 1024);
      const mark = indexOfSignature(bytes, [SIGNATURES.descriptor]);
      const sure = mark === -1 ? Math.max(0, bytes.length - 3) : mark;
      const chunk = new Uint8Array(bytes.subarray(0, sure));
      reader.take(sure);
      sum.add(chunk);
      size += sure;
      if (sure > 0) yield chunk;
      const next = await reader.peek(DESCRIPTOR_BYTES);
      if (next.length < 16) return brokenOff(header.name, size);
      const end = mark === -1 ? undefined : parseDescriptor(next, size, size);
      if (end?.crc === sum.value) return reader.take(end.length);
      if (mark === -1) continue;
      const one = new Uint8Array(next.subarray(0, 1));
      reader.take(1);
      sum.add(one);
      size += 1;
      yield one;
    }
  }

  async function descriptor({ name }: LocalHeader, sum: Crc32, packed: number, size: number) {
    const found = parseDescriptor(await reader.peek(DESCRIPTOR_BYTES), packed, size);
    if (!found || found.crc !== sum.value) damaged(name);
    if (found) reader.take(found.length);
    else await findRecord();
  }

  async function pass(bytes: number, name: string) {
    const passed = await reader.skip(bytes);
    if (passed < bytes) brokenOff(name, passed);
  }

  function brokenOff(name: string, read: number) {
    members.problem(
      "truncated",
      reader.position,
      `the archive breaks off after ${read} bytes of this member`,
      {
        member: name,
        hint: AGAIN,
      },
    );
  }

  function damaged(name: string) {
    members.problem(
      "malformed",
      reader.position,
      "the member's checksum is wrong: some of its bytes are damaged",
      {
        member: name,
        hint: AGAIN,
      },
    );
  }

  /** Records of the end that say nothing about members; anything else is damage. */
  async function passOther(signature: number, at: number): Promise<boolean> {
    if (signature === SIGNATURES.end64) {
      const head = await reader.peek(12);
      if (head.length < 12) return false;
      const length = new DataView(head.buffer, head.byteOffset).getBigUint64(4, true);
      return (await reader.skip(12 + Number(length))) > 12;
    }
    if (signature === SIGNATURES.locator64) return (await reader.skip(20)) === 20;
    // A split archive of one part begins so.
    if (signature === SIGNATURES.descriptor && at === 0) return (await reader.skip(4)) === 4;
    if (signature === SIGNATURES.extra || signature === SIGNATURES.signed) {
      const head = await reader.peek(8);
      const view = new DataView(head.buffer, head.byteOffset);
      const length =
        signature === SIGNATURES.extra
          ? 8 + (head.length < 8 ? 0 : view.getUint32(4, true))
          : 6 + (head.length < 6 ? 0 : view.getUint16(4, true));
      return (await reader.skip(length)) === length;
    }
    const more = await findRecord();
    members.problem(
      "malformed",
      at,
      `${reader.position - at} bytes are no part of a zip archive; ${more ? "what follows is read on" : "nothing follows"}`,
      { hint: AGAIN },
    );
    return more;
  }

  /** The next thing that can be read, wherever it is. */
  async function findRecord(): Promise<boolean> {
    return reader.search(4, (bytes) =>
      indexOfSignature(bytes, [SIGNATURES.local, SIGNATURES.directory, SIGNATURES.end]),
    );
  }
}

/** Every signature begins with `PK`. */
function indexOfSignature(bytes: Uint8Array, wanted: readonly number[]): number {
  for (let at = bytes.indexOf(0x50); at !== -1; at = bytes.indexOf(0x50, at + 1)) {
    if (bytes[at + 1] === 0x4b && wanted.includes(signatureOf(bytes.subarray(at, at + 4))))
      return at;
  }
  return -1;
}
