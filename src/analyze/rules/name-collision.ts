/** The kernel keeps 15 bytes of a map's name: finds different maps that look like one after that. */
import { z } from "zod";
import { NAME_BYTES } from "../../model/kernel-name.ts";
import type { AnalysisFamily, AnalysisSnapshot } from "../analysis.ts";
import { defineRule } from "../rule.ts";
import { listed } from "../wording.ts";

export const nameCollision = defineRule({
  id: "name-collision",
  title: "Different maps have one name",
  why: "A name is cut to 15 bytes, and what groups maps by name (a metric, `jq group_by`) adds up or overwrites different ones.",
  severity: "info",
  needs: ["maps"],
  docs: "docs/rules/name-collision.md",
  options: z.strictObject({}),

  *check({ snapshots }) {
    for (const snapshot of snapshots) {
      for (const { name, subject, things } of collisions(snapshot)) {
        yield {
          subject: { snapshot: snapshot.label, ...subject },
          message: `${name} is the name of ${things.length} different maps after ${NAME_BYTES} bytes: ${listed(things)}`,
          evidence: { kernelName: name, maps: things },
          recommendation: `Give the maps names that differ in their first ${NAME_BYTES} bytes; until then tell them apart by type and sizes, never by name.`,
        };
      }
    }
  },
});

interface Collision {
  readonly name: string;
  readonly subject: { readonly kind: "family" | "object"; readonly id: string };
  readonly things: string[];
}

function* collisions({ families, objects = [] }: AnalysisSnapshot): Generator<Collision> {
  const live = new Map<string, { id: string; things: Set<string> }>();
  for (const family of families) {
    const { name, fullName, type, id } = family;
    if (name === null || type === null || !isCut(name)) continue;
    const known = live.get(name) ?? { id, things: new Set() };
    known.things.add(`${fullName ?? name} (${shapeOf(family)})`);
    live.set(name, known);
  }
  for (const [name, { id, things }] of live) {
    if (things.size > 1)
      yield { name, subject: { kind: "family", id }, things: [...things].sort() };
  }
  const declared = new Map<string, { id: string; things: Set<string> }>();
  for (const { file, maps } of objects) {
    for (const map of maps) {
      // What is live says it already, with the definition that it really has.
      if (!isCut(map.kernelName) || live.has(map.kernelName)) continue;
      const known = declared.get(map.kernelName) ?? { id: file, things: new Set() };
      known.things.add(`${map.name} (${shapeOf(map)})`);
      declared.set(map.kernelName, known);
    }
  }
  for (const [name, { id, things }] of declared) {
    if (things.size > 1)
      yield { name, subject: { kind: "object", id: `${id}: ${name}` }, things: [...things].sort() };
  }
}

/**
 * A shorter name was not cut: two maps with it are two copies, or of two projects. One with a dot is a section of
 * variables, which every object has under its own name.
 */
function isCut(kernelName: string): boolean {
  return kernelName.length === NAME_BYTES && !kernelName.includes(".");
}

function shapeOf({
  type,
  keySize,
  valueSize,
}: Pick<AnalysisFamily, "type" | "keySize" | "valueSize">): string {
  return `${type} ${keySize ?? "?"}/${valueSize ?? "?"}`;
}
