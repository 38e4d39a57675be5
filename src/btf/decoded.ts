/** What decoding gives, and how names and texts come out of numbers and bytes. */
import type { BtfType, Enum64Type, EnumType } from "./type.ts";

export type Decoded =
  | boolean
  | number
  | bigint
  | string
  | readonly Decoded[]
  | { readonly [member: string]: Decoded };

/** JSON has no infinity and no "not a number": they are texts. */
export function finite(number: number): number | string {
  return Number.isFinite(number) ? number : String(number);
}

/** clang has no flag for `char`, so its name counts as libbpf and bpftool have it. */
export function isChar(type: BtfType | undefined): boolean {
  return type?.kind === "int" && type.size === 1 && (type.isChar || type.name === "char");
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text before the first zero; nothing when more than zeros follows it, or it is no UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  const found = bytes.indexOf(0);
  const end = found < 0 ? bytes.length : found;
  if (bytes.subarray(end).some((byte) => byte !== 0)) return undefined;
  try {
    return utf8.decode(bytes.subarray(0, end));
  } catch {
    return undefined;
  }
}

/** From a value to its enumerator, of flags to the names of its bits; nothing for values without a name. */
export function namesOf({ values }: EnumType | Enum64Type): (value: bigint) => string | undefined {
  const names = new Map<bigint, string>();
  for (const { name, value } of values) {
    if (!names.has(BigInt(value))) names.set(BigInt(value), name);
  }
  const flags = [...names].filter(([value]) => value !== 0n);
  const areFlags = flags.length > 1 && flags.every(([value]) => isOneBit(value));
  return (value) => {
    const name = names.get(value);
    if (name !== undefined || value <= 0n || !areFlags) return name;
    // At most 64 of them: each is one bit.
    const set = flags.filter(([flag]) => (flag & value) !== 0n);
    const covered = set.reduce((bits, [flag]) => bits | flag, 0n);
    return covered === value ? set.map(([, name]) => name).join(" | ") : undefined;
  };
}

function isOneBit(value: bigint): boolean {
  return value > 0n && (value & (value - 1n)) === 0n;
}

/** Names of members, each once: two members of one name are no C, but must not hide each other. */
export class Unused {
  readonly #counts = new Map<string, number>();

  /** The name itself, or with a number when it was given before. */
  name(wanted: string): string {
    const count = (this.#counts.get(wanted) ?? 0) + 1;
    this.#counts.set(wanted, count);
    return count === 1 ? wanted : `${wanted}#${count}`;
  }
}
