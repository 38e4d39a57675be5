// Writes tar, gzip and zip archives of which every byte is the caller's choice: no clock, no owner.
import { deflateRawSync, gzipSync } from "node:zlib";

const BLOCK = 512;

/** A ustar header; `fields` may replace what stands in it. */
export function tarHeader(name, size, { type = "0", link = "", gnu = false } = {}) {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 100);
  block.write("0000644\0", 100);
  block.write("0000000\0", 108);
  block.write("0000000\0", 116);
  if (size < 8 ** 11) block.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  else {
    block.writeUInt8(0x80, 124);
    block.writeBigUInt64BE(BigInt(size), 128);
  }
  block.write("00000000000\0", 136);
  block.write(type, 156);
  block.write(link, 157, 100);
  block.write(gnu ? "ustar  \0" : "ustar\x0000", 257, "latin1");
  return seal(block);
}

/** Puts the checksum in. */
export function seal(block) {
  block.fill(0x20, 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

function padded(content) {
  const bytes = Buffer.from(content);
  return Buffer.concat([bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);
}

/** One member: a header that is long enough for its name, by pax or as GNU does it, and the content. */
export function tarMember(name, content, options = {}) {
  const bytes = Buffer.from(content);
  const isLong = Buffer.byteLength(name) > 100;
  const own = [tarHeader(isLong ? name.slice(0, 90) : name, bytes.length, options), padded(bytes)];
  if (!isLong && !options.pax) return Buffer.concat(own);
  if (options.gnu) {
    const long = Buffer.from(`${name}\0`);
    const header = tarHeader("././@LongLink", long.length, { type: "L", gnu: true });
    return Buffer.concat([header, padded(long), ...own]);
  }
  const records = Object.entries({ ...(isLong && { path: name }), ...options.pax });
  const attributes = Buffer.concat(records.map(([key, value]) => paxRecord(key, value)));
  const header = tarHeader("PaxHeaders/x", attributes.length, { type: "x" });
  return Buffer.concat([header, padded(attributes), ...own]);
}

function paxRecord(key, value) {
  const rest = Buffer.from(` ${key}=${value}\n`);
  let length = rest.length;
  while (String(length).length + rest.length !== length)
    length = String(length).length + rest.length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

export const TAR_END = Buffer.alloc(2 * BLOCK);

/** `entries`: pairs of name and content, in their order. */
export function tar(entries) {
  return Buffer.concat([...entries.map(([name, content]) => tarMember(name, content)), TAR_END]);
}

/** Without the time and the system that Node would put there. */
export function gzip(content) {
  const bytes = gzipSync(content, { level: 9 });
  bytes.fill(0, 4, 8);
  bytes[9] = 0xff;
  return bytes;
}

/** `stored`: not deflated. `streamed`: sizes and checksum follow the content. `zip64`: sizes of 8 bytes. */
export function zip(entries, { stored = false, streamed = false, zip64 = false } = {}) {
  const parts = [];
  const directory = [];
  let at = 0;
  for (const [name, content] of entries) {
    const bytes = Buffer.from(content);
    const packed = stored ? bytes : deflateRawSync(bytes, { level: 9 });
    const path = Buffer.from(name);
    const sum = checksum(bytes);
    const extra = zip64 ? zip64Extra(bytes.length, packed.length) : Buffer.alloc(0);
    const fixed = Buffer.alloc(26);
    fixed.writeUInt16LE(zip64 ? 45 : 20, 0);
    fixed.writeUInt16LE((streamed ? 8 : 0) | 0x800, 2);
    fixed.writeUInt16LE(stored ? 0 : 8, 4);
    fixed.writeUInt16LE(0x21, 8);
    if (!streamed) {
      fixed.writeUInt32LE(sum, 10);
      fixed.writeUInt32LE(zip64 ? 0xffffffff : packed.length, 14);
      fixed.writeUInt32LE(zip64 ? 0xffffffff : bytes.length, 18);
    }
    fixed.writeUInt16LE(path.length, 22);
    fixed.writeUInt16LE(extra.length, 24);
    const descriptor = streamed ? [dataDescriptor(sum, packed.length, bytes.length, zip64)] : [];
    const local = Buffer.concat([signature(0x04034b50), fixed, path, extra, packed, ...descriptor]);
    const central = Buffer.alloc(42);
    central.writeUInt16LE(20, 0);
    fixed.copy(central, 2, 0, 22);
    central.writeUInt32LE(sum, 12);
    central.writeUInt32LE(packed.length, 16);
    central.writeUInt32LE(bytes.length, 20);
    central.writeUInt16LE(path.length, 24);
    central.writeUInt32LE(at, 38);
    directory.push(Buffer.concat([signature(0x02014b50), central, path]));
    parts.push(local);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, list, signature(0x06054b50), end]);
}

function zip64Extra(size, packed) {
  const extra = Buffer.alloc(20);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(16, 2);
  extra.writeBigUInt64LE(BigInt(size), 4);
  extra.writeBigUInt64LE(BigInt(packed), 12);
  return extra;
}

function dataDescriptor(sum, packed, size, wide) {
  const bytes = Buffer.alloc(wide ? 24 : 16);
  bytes.writeUInt32LE(0x08074b50, 0);
  bytes.writeUInt32LE(sum, 4);
  if (wide) {
    bytes.writeBigUInt64LE(BigInt(packed), 8);
    bytes.writeBigUInt64LE(BigInt(size), 16);
  } else {
    bytes.writeUInt32LE(packed, 8);
    bytes.writeUInt32LE(size, 12);
  }
  return bytes;
}

/** Node 20.19 has no `crc32`; a gzip file ends with the checksum, and the size. */
function checksum(bytes) {
  const packed = gzipSync(bytes);
  return packed.readUInt32LE(packed.length - 8);
}

function signature(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
