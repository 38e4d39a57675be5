/** What became of the members of a key or value: moved, retyped, renamed, new, gone; whatever its size does. */
import type { Layout } from "../../model/object-file.ts";

export interface LayoutChange {
  readonly kind: "added" | "removed" | "moved" | "retyped" | "renamed" | "padding";
  readonly text: string;
  /** Of several objects that declare the map, those in which it changed so. */
  readonly files?: readonly string[];
}

/** Bytes that were written in the old layout say something else, or nothing, in the new one. */
export function isReadOtherwise({ kind }: LayoutChange): boolean {
  return kind !== "renamed" && kind !== "padding";
}

/** What one object does not tell has not changed. */
export function layoutChanges(
  what: "key" | "value",
  from: Layout | undefined,
  to: Layout | undefined,
): LayoutChange[] {
  if (from === undefined || to === undefined) return [];
  return [
    ...typeChange(what, from, to),
    ...memberChanges(what, from, to),
    ...padding(what, from, to),
  ];
}

/** A struct that is called otherwise has its members compared; of anything else the type is all there is. */
function typeChange(what: string, from: Layout, to: Layout): LayoutChange[] {
  if (from.typeName === to.typeName) return [];
  const isStruct = from.members.length > 0 && to.members.length > 0;
  const kind = isStruct && from.elements === to.elements ? "renamed" : "retyped";
  return [{ kind, text: `${what} is ${to.typeName}, was ${from.typeName}` }];
}

interface Member {
  readonly path: string;
  readonly parent: string | undefined;
  readonly name: string;
  readonly typeName: string;
  readonly bitOffset: number;
  readonly bitSize: number;
}

interface Pair {
  readonly was: Member;
  readonly is: Member;
}

function memberChanges(what: string, from: Layout, to: Layout): LayoutChange[] {
  const [old, fresh] = [membersOf(from), membersOf(to)];
  const pairs = paired(old, fresh);
  const taken = new Set(pairs.flatMap(({ was, is }) => [was, is]));
  const pairOf = new Map(pairs.map((it) => [it.is.path, it]));
  return [
    ...pairs.flatMap((it) => pairChange(what, it, pairOf.get(it.is.parent ?? ""))),
    ...outermost([...fresh.values()].filter((it) => !taken.has(it))).map(
      (it): LayoutChange => ({
        kind: "added",
        text: `${what} ${it.path} is new at ${place(it)}`,
      }),
    ),
    ...outermost([...old.values()].filter((it) => !taken.has(it))).map(
      (it): LayoutChange => ({
        kind: "removed",
        text: `${what} ${it.path} is gone from ${place(it)}`,
      }),
    ),
  ];
}

/** By path; what is left, by a place and type that no other member has there. */
function paired(old: ReadonlyMap<string, Member>, fresh: ReadonlyMap<string, Member>): Pair[] {
  const pairs = [...fresh.values()].flatMap((is) => {
    const was = old.get(is.path);
    return was === undefined ? [] : [{ was, is }];
  });
  const left = [...fresh.values()].filter((it) => !old.has(it.path));
  const lost = [...old.values()].filter((it) => !fresh.has(it.path));
  const alike = (a: Member, b: Member) => isAtOnePlace(a, b) && a.typeName === b.typeName;
  const renamed = left.flatMap((is) => {
    const [was, ...more] = lost.filter((it) => alike(it, is));
    const isOne = was !== undefined && more.length === 0;
    return isOne && left.filter((it) => alike(was, it)).length === 1 ? [{ was, is }] : [];
  });
  return [...pairs, ...renamed];
}

/** A member of a struct that went elsewhere as a whole is told with it. */
function pairChange(what: string, { was, is }: Pair, within: Pair | undefined): LayoutChange[] {
  const isRenamed = was.name !== is.name;
  const name = isRenamed ? `${was.path}, which is called ${is.path} now,` : is.path;
  const shift = is.bitOffset - was.bitOffset;
  const shiftWithin = within === undefined ? 0 : within.is.bitOffset - within.was.bitOffset;
  if (was.bitSize !== is.bitSize || shift !== shiftWithin) {
    const type = was.typeName === is.typeName ? "" : ` and is ${is.typeName}, was ${was.typeName}`;
    return [
      { kind: "moved", text: `${what} ${name} moved from ${place(was)} to ${place(is)}${type}` },
    ];
  }
  if (was.typeName !== is.typeName)
    return [{ kind: "retyped", text: `${what} ${name} is ${is.typeName}, was ${was.typeName}` }];
  if (!isRenamed) return [];
  return [{ kind: "renamed", text: `${what} ${was.path} is called ${is.path} now` }];
}

/** Without those whose struct is among them. */
function outermost(members: readonly Member[]): Member[] {
  const paths = new Set(members.map((it) => it.path));
  return members.filter((it) => it.parent === undefined || !paths.has(it.parent));
}

/** By their path, `address.port`. Members of an anonymous struct are called as if they were its owner's, as in C. */
function membersOf({ members }: Layout): Map<string, Member> {
  const found = new Map<string, Member>();
  const owners: (string | undefined)[] = [];
  for (const { name, depth, typeName, bitOffset, bitSize } of members) {
    const parent = depth === 0 ? undefined : owners[depth - 1];
    owners.length = depth;
    if (name === "") {
      owners[depth] = parent;
      continue;
    }
    const path = parent === undefined ? name : `${parent}.${name}`;
    owners[depth] = path;
    found.set(path, { path, parent, name, typeName, bitOffset, bitSize });
  }
  return found;
}

function isAtOnePlace(a: Member, b: Member): boolean {
  return a.bitOffset === b.bitOffset && a.bitSize === b.bitSize;
}

function padding(what: string, from: Layout, to: Layout): LayoutChange[] {
  const lost = to.lostBits - from.lostBits;
  if (lost === 0) return [];
  const much = lost % 8 === 0 ? `${Math.abs(lost) / 8} bytes` : `${Math.abs(lost)} bits`;
  return [{ kind: "padding", text: `${what} has ${much} ${lost > 0 ? "more" : "less"} padding` }];
}

function place({ bitOffset, bitSize }: Member): string {
  const whole = bitOffset % 8 === 0 && bitSize % 8 === 0;
  return whole
    ? `byte ${bitOffset / 8}, ${bitSize / 8} long`
    : `bit ${bitOffset}, ${bitSize} bits long`;
}
