/** A map as each object declares it: objects that share one, or have one each of the same name, may differ. */
import type { MapDefinition } from "../../model/definition.ts";
import type { Layout } from "../../model/object-file.ts";
import { shapeKey } from "../../model/shape-key.ts";

export interface Declaration {
  readonly file: string;
  readonly definition: MapDefinition;
  readonly keyLayout?: Layout;
  readonly valueLayout?: Layout;
}

export interface DeclarationPair {
  readonly from: Declaration;
  readonly to: Declaration;
}

/** Each declaration of now with what it was: in the same file, by as much of its path as is the same, else in another. */
export function declarationPairs(
  from: readonly Declaration[],
  to: readonly Declaration[],
): DeclarationPair[] {
  const [first] = from;
  if (first === undefined) return [];
  const isOne = from.every((it) => isSame(it, first));
  return to.map((is) => ({ from: isOne ? first : (nearest(from, is) ?? first), to: is }));
}

function nearest(from: readonly Declaration[], to: Declaration): Declaration | undefined {
  const inFile = from
    .map((was) => ({ was, common: commonEnd(was.file, to.file) }))
    .filter(({ common }) => common > 0)
    .sort((a, b) => b.common - a.common)[0];
  return inFile?.was ?? from.find((was) => isSame(was, to));
}

/** How many parts of two paths are the same, from the name of the file on. */
function commonEnd(a: string, b: string): number {
  const [one, other] = [a, b].map((it) => it.split(/[\\/:]/).reverse()) as [string[], string[]];
  const end = one.findIndex((part, at) => part !== other[at]);
  return end < 0 ? one.length : end;
}

export function isSame(a: Declaration, b: Declaration): boolean {
  return a === b || keyOf(a) === keyOf(b);
}

const keys = new WeakMap<Declaration, string>();

/** Equal for declarations that say the same. */
function keyOf(declaration: Declaration): string {
  let key = keys.get(declaration);
  if (key === undefined) {
    const { definition, keyLayout, valueLayout } = declaration;
    key = `${shapeKey(definition)}\n${JSON.stringify([keyLayout, valueLayout])}`;
    keys.set(declaration, key);
  }
  return key;
}

/**
 * Of definitions that conflict the one with most bytes in its entries, whatever their order: it stands for the map where
 * one has to. What it costs is found out of all.
 */
export function larger(a: MapDefinition, b: MapDefinition): MapDefinition {
  const [one, other] = [bytesIn(a), bytesIn(b)];
  if (one !== other) return one > other ? a : b;
  return shapeKey(a) <= shapeKey(b) ? a : b;
}

function bytesIn({ keySize, valueSize, maxEntries, inner }: MapDefinition): number {
  const entry = (keySize || 0) + (valueSize || 0) + (inner === undefined ? 0 : bytesIn(inner));
  return entry * maxEntries;
}
