/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012): a keyed hash that cannot be turned around, nor guessed, without the key.
 * Web Crypto has none that answers at once, and ingest runs where Node's does not.
 */

/** Two halves of 64 bits, the higher first. */
export type Hash = readonly [high: number, low: number];

/** Four words of the key, the lowest first. */
export type Key = readonly [number, number, number, number];

/** State as pairs of high and low words: v0h v0l v1h v1l v2h v2l v3h v3l. */
type State = Int32Array;

export function sipHash(key: Key, bytes: Uint8Array): Hash {
  const [k0l, k0h, k1l, k1h] = key;
  const v = Int32Array.of(
    0x736f6d65 ^ k0h,
    0x70736575 ^ k0l,
    0x646f7261 ^ k1h,
    0x6e646f6d ^ k1l,
    0x6c796765 ^ k0h,
    0x6e657261 ^ k0l,
    0x74656462 ^ k1h,
    0x79746573 ^ k1l,
  );
  const whole = bytes.length - (bytes.length % 8);
  for (let at = 0; at < whole; at += 8) {
    absorb(v, wordAt(bytes, at + 4, 4), wordAt(bytes, at, 4));
  }
  const rest = bytes.length % 8;
  absorb(
    v,
    wordAt(bytes, whole + 4, Math.max(0, rest - 4)) | (bytes.length << 24),
    wordAt(bytes, whole, Math.min(4, rest)),
  );
  v[5] = (v[5] as number) ^ 0xff;
  for (let index = 0; index < 4; index += 1) round(v);
  const half = (offset: number) =>
    ((v[offset] as number) ^
      (v[2 + offset] as number) ^
      (v[4 + offset] as number) ^
      (v[6 + offset] as number)) >>>
    0;
  return [half(0), half(1)];
}

function absorb(v: State, high: number, low: number) {
  v[6] = (v[6] as number) ^ high;
  v[7] = (v[7] as number) ^ low;
  round(v);
  round(v);
  v[0] = (v[0] as number) ^ high;
  v[1] = (v[1] as number) ^ low;
}

function wordAt(bytes: Uint8Array, at: number, count: number): number {
  let word = 0;
  for (let index = 0; index < count; index += 1) {
    word |= (bytes[at + index] as number) << (8 * index);
  }
  return word;
}

function round(v: State) {
  add(v, 0, 2);
  rotate(v, 2, 13);
  mix(v, 2, 0);
  swap(v, 0);
  add(v, 4, 6);
  rotate(v, 6, 16);
  mix(v, 6, 4);
  add(v, 0, 6);
  rotate(v, 6, 21);
  mix(v, 6, 0);
  add(v, 4, 2);
  rotate(v, 2, 17);
  mix(v, 2, 4);
  swap(v, 4);
}

function add(v: State, a: number, b: number) {
  const low = ((v[a + 1] as number) >>> 0) + ((v[b + 1] as number) >>> 0);
  v[a] = (v[a] as number) + (v[b] as number) + (low > 0xffffffff ? 1 : 0);
  v[a + 1] = low;
}

/** To the left, by fewer than 32 bits. */
function rotate(v: State, a: number, bits: number) {
  const [high, low] = [v[a] as number, v[a + 1] as number];
  v[a] = (high << bits) | (low >>> (32 - bits));
  v[a + 1] = (low << bits) | (high >>> (32 - bits));
}

function mix(v: State, a: number, b: number) {
  v[a] = (v[a] as number) ^ (v[b] as number);
  v[a + 1] = (v[a + 1] as number) ^ (v[b + 1] as number);
}

/** A rotation by 32 bits. */
function swap(v: State, a: number) {
  const high = v[a] as number;
  v[a] = v[a + 1] as number;
  v[a + 1] = high;
}
