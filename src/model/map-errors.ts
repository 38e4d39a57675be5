/**
 * What the kernel answers when an operation on a map fails, by map type: the errno, when it comes, the function that
 * gives it. Rows with an `act` were asked of a live 6.18 kernel (fixtures/map-errors, scripts/measure-map-errors.py);
 * the others were read in the function named, in the versions named.
 */
import data from "./map-errors.json" with { type: "json" };

export interface MapError {
  readonly errno: Errno;
  /** Map types in bpftool's words; `any` for what does not depend on the type. */
  readonly types: readonly string[] | "any";
  readonly operation: "create" | "update" | "delete" | "lookup" | "open" | "freeze" | "helper";
  /** When it comes, to follow "comes when". */
  readonly when: string;
  readonly source: string;
  /** The operation as the measuring script names it. */
  readonly act?: string;
  /** No room is left for a new key. */
  readonly isFull?: true;
}

/** Number (x86-64) and meaning of each errno that map operations give; 524 is the kernel's own, libc has no name for it. */
export const ERRNOS = {
  EPERM: [1, "the caller may not, or the map may no longer be written"],
  ENOENT: [2, "what was asked for is not there"],
  E2BIG: [7, "the index or the size is past a limit, or no room is left for another entry"],
  EBADF: [9, "the descriptor is not open, or is of something else"],
  EAGAIN: [11, "not now: try again"],
  ENOMEM: [12, "an allocation failed, or no entry could be freed"],
  EBUSY: [16, "something else is in the way at this moment"],
  EEXIST: [17, "the key is there already"],
  EINVAL: [22, "an attribute, a flag or an object does not fit this map"],
  ENFILE: [23, "the whole host has no open files left"],
  EMFILE: [24, "the process has no descriptors left"],
  ENOSPC: [28, "no room is left for another entry"],
  EDEADLK: [35, "taking the lock would have been a deadlock"],
  EOPNOTSUPP: [95, "the map type does not have this operation"],
  ETIMEDOUT: [110, "a lock was not given in time"],
  ENOTSUPP: [524, "the map type does not have this operation (printed as `Unknown error 524`)"],
} as const satisfies Record<string, readonly [number, string]>;
export type Errno = keyof typeof ERRNOS;

export const MAP_ERRORS = data as readonly MapError[];

/** What a new key meets in a map of this type that is full; undefined where a map cannot be, or drops another entry. */
export function fullAnswer(type: string): MapError | undefined {
  return MAP_ERRORS.find((it) => it.isFull === true && it.types.includes(type));
}
