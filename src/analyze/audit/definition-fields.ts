/** What of two definitions is compared: the attributes of the map, and those of the maps that it holds. */
import type { MapDefinition } from "../../model/definition.ts";

/** What a kernel lists of a map. */
const LISTED = ["type", "keySize", "valueSize", "maxEntries", "flags"] as const;
const OWN = [...LISTED, "mapExtra"] as const;

type OwnField = (typeof OWN)[number];

/** `inner`: whether there is a template of inner maps at all. */
export type DefinitionField = OwnField | "inner" | `inner.${OwnField}`;

export interface FieldChange<Field extends string = DefinitionField> {
  readonly field: Field;
  readonly from: string | number;
  readonly to: string | number;
}

/** @param isListed one of them was listed by a kernel, which tells neither `map_extra` nor the template. */
export function fieldChanges(
  from: MapDefinition,
  to: MapDefinition,
  isListed = false,
): FieldChange[] {
  if (from === to) return [];
  const own = changesIn(isListed ? LISTED : OWN, from, to, (it) => it);
  if (isListed || (from.inner === undefined && to.inner === undefined)) return own;
  if (from.inner === undefined || to.inner === undefined) {
    return [...own, { field: "inner", from: shapeOf(from.inner), to: shapeOf(to.inner) }];
  }
  return [...own, ...changesIn(OWN, from.inner, to.inner, (it): DefinitionField => `inner.${it}`)];
}

export function isAlike(a: MapDefinition, b: MapDefinition, isListed = false): boolean {
  return fieldChanges(a, b, isListed).length === 0;
}

function changesIn(
  fields: readonly OwnField[],
  from: MapDefinition,
  to: MapDefinition,
  called: (field: OwnField) => DefinitionField,
): FieldChange[] {
  return fields
    .filter((field) => !Object.is(attribute(from, field), attribute(to, field)))
    .map((field) => ({
      field: called(field),
      from: told(attribute(from, field)),
      to: told(attribute(to, field)),
    }));
}

/** A declaration without `map_extra` is of a map that is created with 0. */
function attribute(definition: MapDefinition, field: OwnField): string | number {
  return definition[field] ?? 0;
}

function told(value: string | number): string | number {
  return Number.isNaN(value) ? "not told" : value;
}

function shapeOf(inner: MapDefinition | undefined): string {
  if (inner === undefined) return "not told";
  const { type, keySize, valueSize, maxEntries } = inner;
  return `${type} ${told(keySize)}/${told(valueSize)}/${maxEntries}`;
}
