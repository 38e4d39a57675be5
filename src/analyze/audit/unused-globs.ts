/** Globs of scale points, modes and shared maps that match nothing: what they promise would silently not be checked. */
import type { AuditConfig } from "./config.ts";
import { type RawFinding, rawFinding } from "./findings.ts";
import { matcher } from "./globs.ts";
import { objectNames } from "./identity.ts";
import type { AuditedMap } from "./maps.ts";

/** @param maps of now and of the baseline: a map that went is still costed there. */
export function unusedGlobs(
  { scalePoints, modes, shared }: AuditConfig,
  maps: readonly AuditedMap[],
): RawFinding[] {
  const names = maps.map((it) => it.name);
  const declared = maps.filter((it) => it.live === undefined);
  const unused = (globs: readonly string[], texts: readonly string[]) =>
    globs.filter((glob) => !texts.some(matcher([glob])));
  return [
    ...Object.entries(scalePoints).flatMap(([name, entries]) =>
      unused(Object.keys(entries), names).map((glob) =>
        unusedGlob(
          `scale point ${name}`,
          glob,
          `the scale point ${JSON.stringify(name)} has entries for ${glob}, which matches no map`,
        ),
      ),
    ),
    // Only objects are loaded in modes, and declare a map more than once.
    ...(declared.length === 0
      ? []
      : [
          ...Object.entries(modes).flatMap(([name, globs]) =>
            unused(globs, declared.flatMap(objectNames).flat()).map((glob) =>
              unusedGlob(
                `mode ${name}`,
                glob,
                `the mode ${JSON.stringify(name)} has objects ${glob}, which matches none with maps`,
              ),
            ),
          ),
          ...unused(
            shared,
            declared.map((it) => it.name),
          ).map((glob) =>
            unusedGlob("shared", glob, `shared has ${glob}, which matches no map of an object`),
          ),
        ]),
  ];
}

function unusedGlob(of: string, glob: string, message: string): RawFinding {
  return rawFinding("unused-glob", {
    subject: { snapshot: "", kind: "object", id: of },
    maps: [],
    message,
    evidence: { of, glob },
    recommendation:
      "Compare it with the names in the objects (`mapscope inspect` lists them), or take it out.",
    identity: glob,
  });
}
