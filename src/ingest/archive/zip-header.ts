/** The records of a zip archive (PKWARE APPNOTE 6.3): local headers, descriptors, the directory at the end. */

export const SIGNATURES = {
  local: 0x04034b50,
  descriptor: 0x08074b50,
  directory: 0x02014b50,
  end: 0x06054b50,
  end64: 0x06064b50,
  locator64: 0x07064b50,
  extra: 0x08064b50,
  signed: 0x05054b50,
} as const;

export const LOCAL_BYTES = 30;
export const DIRECTORY_BYTES = 46;

export interface LocalHeader {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  /** Sizes and checksum follow the content: those here say nothing. */
  readonly hasDescriptor: boolean;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly headerBytes: number;
}

const MAX_32 = 0xffffffff;
const ZIP64 = 0x0001;

const decoder = new TextDecoder();

/** A record's first four bytes; `NaN` when there are not so many. */
export function signatureOf(bytes: Uint8Array): number {
  return bytes.length < 4 ? Number.NaN : viewOf(bytes).getUint32(0, true);
}

/** Lengths of what follows the fixed part, so that the caller can look at all of it. */
export function localLength(bytes: Uint8Array): number {
  const view = viewOf(bytes);
  return LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
}

export function directoryLength(bytes: Uint8Array): number {
  const view = viewOf(bytes);
  return DIRECTORY_BYTES + [28, 30, 32].reduce((sum, at) => sum + view.getUint16(at, true), 0);
}

/** `bytes` has the whole header; names are UTF-8, or nearly: older ones say nothing of their encoding. */
export function parseLocal(bytes: Uint8Array): LocalHeader {
  const view = viewOf(bytes);
  const flags = view.getUint16(6, true);
  const nameLength = view.getUint16(26, true);
  const extra = bytes.subarray(LOCAL_BYTES + nameLength, localLength(bytes));
  let packedSize = view.getUint32(18, true);
  let size = view.getUint32(22, true);
  const large = size === MAX_32 || packedSize === MAX_32 ? extraField(extra, ZIP64) : undefined;
  if (large !== undefined && large.length >= 16) {
    const values = viewOf(large);
    size = Number(values.getBigUint64(0, true));
    packedSize = Number(values.getBigUint64(8, true));
  }
  return {
    name: decoder.decode(bytes.subarray(LOCAL_BYTES, LOCAL_BYTES + nameLength)),
    method: view.getUint16(8, true),
    isEncrypted: (flags & 1) !== 0,
    hasDescriptor: (flags & 8) !== 0,
    crc: view.getUint32(14, true),
    packedSize,
    size,
    headerBytes: localLength(bytes),
  };
}

export interface Descriptor {
  readonly crc: number;
  readonly size: number;
  readonly length: number;
}

/**
 * What follows content whose sizes were not known before: with or without a signature, with sizes of
 * 4 or of 8 bytes. Only the one whose sizes fit is taken.
 */
export function parseDescriptor(
  bytes: Uint8Array,
  packedSize: number,
  size: number,
): Descriptor | undefined {
  const view = viewOf(bytes);
  const sizeAt = (at: number, wide: boolean) =>
    wide ? Number(view.getBigUint64(at, true)) : view.getUint32(at, true);
  for (const start of signatureOf(bytes) === SIGNATURES.descriptor ? [4, 0] : [0]) {
    for (const wide of [false, true]) {
      const width = wide ? 8 : 4;
      const length = start + 4 + 2 * width;
      if (bytes.length < length) continue;
      if (sizeAt(start + 4, wide) !== packedSize || sizeAt(start + 4 + width, wide) !== size)
        continue;
      return { crc: view.getUint32(start, true), size, length };
    }
  }
  return undefined;
}

function extraField(extra: Uint8Array, id: number): Uint8Array | undefined {
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === id) return extra.subarray(at + 4, at + 4 + length);
    at += 4 + length;
  }
  return undefined;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
