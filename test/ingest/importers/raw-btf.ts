/** Raw BTF with nothing but structs of given sizes, by include/uapi/linux/btf.h: a small vmlinux. */

const MAGIC = 0xeb9f;
const HEADER_BYTES = 24;
const TYPE_BYTES = 12;
const KIND_STRUCT = 4;

export function rawBtf(
  sizes: Readonly<Record<string, number>>,
  byteOrder: "little" | "big",
): Uint8Array {
  const names = Object.keys(sizes);
  const strings = new TextEncoder().encode(["", ...names, ""].join("\0"));
  const typeBytes = names.length * TYPE_BYTES;
  const bytes = new Uint8Array(HEADER_BYTES + typeBytes + strings.length);
  const view = new DataView(bytes.buffer);
  const little = byteOrder === "little";
  const words = (at: number, ...values: number[]) => {
    for (const [index, value] of values.entries()) view.setUint32(at + 4 * index, value, little);
  };
  view.setUint16(0, MAGIC, little);
  view.setUint8(2, 1); // version
  // Length of the header; places and lengths of types and strings, from behind it.
  words(4, HEADER_BYTES, 0, typeBytes, typeBytes, strings.length);
  let nameOffset = 1;
  for (const [index, name] of names.entries()) {
    const at = HEADER_BYTES + index * TYPE_BYTES;
    words(at, nameOffset, KIND_STRUCT << 24, sizes[name] ?? 0);
    nameOffset += name.length + 1;
  }
  bytes.set(strings, HEADER_BYTES + typeBytes);
  return bytes;
}
