/** Maps of a C text in the words of the schema: a size that the text does not tell is null, with its reason. */
import type { z } from "zod";
import { DECLARED_FIGURES, type DeclaredCosts, type DeclaredMap } from "../model/declared-costs.ts";
import type { MapDefinition } from "../model/definition.ts";
import type { Figure } from "./analysis.ts";
import type { declaredSchema } from "./schema/declared.ts";

export function declaredOf({
  kernel,
  possibleCpus,
  isAssumed,
  maps,
}: DeclaredCosts): z.infer<typeof declaredSchema> {
  return {
    host: {
      kernel,
      ...(possibleCpus !== undefined && { possibleCpus }),
      assumed: isAssumed,
    },
    maps: maps.map(mapOf),
  };
}

function mapOf({
  object,
  map,
  live,
  figures,
}: DeclaredMap): z.infer<typeof declaredSchema>["maps"][number] {
  const { inner } = map.definition;
  const known: Partial<Record<(typeof DECLARED_FIGURES)[number], Figure>> = {};
  const unknown: Record<string, string> = { ...map.unknown };
  for (const name of DECLARED_FIGURES) {
    const amount = figures[name];
    if ("unknown" in amount) unknown[name] = amount.unknown;
    else {
      const { value, basis, formula } = amount;
      known[name] = { value, basis, ...(formula !== "" && { formula }) };
    }
  }
  return {
    name: map.name,
    kernelName: map.kernelName,
    ...shapeOf(map.definition, map.unknown?.type !== undefined),
    ...(inner !== undefined && { inner: shapeOf(inner, inner.type === "unknown") }),
    ...(map.pinning !== undefined && { pinning: map.pinning }),
    ...(live !== undefined && { live }),
    ...known,
    ...(Object.keys(unknown).length > 0 && { unknown }),
    source: map.source ?? object,
  };
}

function shapeOf(
  { type, keySize, valueSize, maxEntries, flags }: MapDefinition,
  isTypeUnknown: boolean,
) {
  const known = (size: number) => (Number.isNaN(size) ? null : size);
  return {
    type: isTypeUnknown ? null : type,
    keySize: known(keySize),
    valueSize: known(valueSize),
    maxEntries: known(maxEntries),
    flags: known(flags),
  };
}
