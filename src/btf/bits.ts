/** Numbers out of bytes and bits of either byte order. */

/** All bytes as one number without sign. */
export function bytesAsNumber(bytes: Uint8Array, byteOrder: "little" | "big"): bigint {
  let value = 0n;
  for (let index = 0; index < bytes.length; index += 1) {
    const at = byteOrder === "little" ? bytes.length - 1 - index : index;
    value = (value << 8n) | BigInt(bytes[at] as number);
  }
  return value;
}

/**
 * `bits` bits that begin `start` bits into `bytes`: counted from the lowest bit of the first byte in
 * little-endian objects, from its highest in big-endian ones, as clang gives the offsets of bit fields.
 */
export function bitsAt(
  bytes: Uint8Array,
  byteOrder: "little" | "big",
  start: number,
  bits: number,
  isSigned: boolean,
): bigint {
  const whole = bytesAsNumber(bytes, byteOrder);
  const shift = byteOrder === "little" ? start : bytes.length * 8 - start - bits;
  const value = whole >> BigInt(Math.max(0, shift));
  return isSigned ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
}
