/** Full names from pins: by habit a map is pinned under its name, which the kernel cuts after 15 bytes. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { nameOf } from "../groups.ts";
import { kernelName } from "../kernel-name.ts";
import type { MapColumns, MapHolder, PinPath } from "../snapshot.ts";

export interface FullName {
  readonly value: string;
  readonly basis: "reported" | "inferred";
  readonly source: string;
}

export interface PinNames {
  /** Undefined where no pin tells, or several that say different things. */
  of(rows: readonly number[]): FullName | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** `listing` is the file that lists the maps. A listing says which map a pin is of; a list of bpffs only that there is one of that name. */
export function pinNames(
  maps: MapColumns,
  holders: ReadonlyMap<number, MapHolder>,
  paths: readonly PinPath[],
  listing: string,
): PinNames {
  const byShortName = new Map<string, PinPath[]>();
  for (const pin of paths) {
    const short = kernelName(lastPart(pin.path));
    byShortName.set(short, [...(byShortName.get(short) ?? []), pin]);
  }

  const own = (row: number): string[] => {
    const name = nameOf(maps, row);
    const pins = holders.get(maps.id[row] ?? Number.NaN)?.pins ?? [];
    return pins.filter((pin) => kernelName(lastPart(pin)) === name);
  };
  const of = (rows: readonly number[]): FullName | undefined => {
    const [first] = rows;
    const name = first === undefined ? undefined : nameOf(maps, first);
    if (typeof name !== "string") return undefined;
    const pins = holders.size === 0 ? [] : rows.flatMap(own);
    const names = new Set(pins.map(lastPart));
    const [value] = names;
    if (names.size > 1) return undefined;
    if (value !== undefined) return { value, basis: "reported", source: `pinned ${pins[0]}` };
    const found = byShortName.get(name) ?? [];
    const [only, another] = new Set(found.map(({ path }) => lastPart(path)));
    if (only === undefined || another !== undefined) return undefined;
    return { value: only, basis: "inferred", source: `${found[0]?.path} in ${found[0]?.source}` };
  };
  return { of, diagnostics: collisions(maps, holders, byShortName, listing) };
}

/** Two maps that look like one by the name that the kernel keeps. */
function collisions(
  maps: MapColumns,
  holders: ReadonlyMap<number, MapHolder>,
  listed: ReadonlyMap<string, readonly PinPath[]>,
  file: string,
): Diagnostic[] {
  const full = new Map<string, Set<string>>();
  const note = (short: string, name: string) =>
    full.set(short, (full.get(short) ?? new Set()).add(name));
  const names = new Set(maps.names);
  for (const { pins } of holders.values()) {
    for (const pin of pins) note(kernelName(lastPart(pin)), lastPart(pin));
  }
  for (const [short, pins] of listed) {
    for (const { path } of pins) note(short, lastPart(path));
  }
  return [...full]
    .filter(([short, all]) => all.size > 1 && names.has(short))
    .map(([short, all]) => ({
      level: "info",
      code: "ambiguous",
      file,
      message: `${short} is what the kernel keeps of several names: ${[...all].sort().join(", ")}`,
      hint: "Dump such maps by id, not by name; `bpftool -j -f map show > maps.json` lists the pins that tell them apart.",
    }));
}

function lastPart(path: string): string {
  return path.split("/").at(-1) ?? path;
}
