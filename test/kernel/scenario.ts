/** Runs a capture scenario of scripts/live on this kernel and reads what it saved. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Fact } from "../support/kernel-figures.ts";
import { ROOT } from "../support/project-files.ts";
import { compile, temporaryFolder } from "./live-kernel.ts";

const HELPER = ["main", "fill", "scaler", "storage", "program"];

export interface Scenario {
  readonly facts: readonly Fact[];
  /** A folder of saved files as `[path, bytes]`, `map-show` without the maps of anybody else. */
  readonly snapshot: (label: string) => (readonly [string, Uint8Array])[];
}

/** Loads the committed objects, fills and saves; takes everything away again. Takes seconds. */
export function runScenario(name: "objects" | "head"): Scenario {
  const out = join(temporaryFolder(), "out");
  mkdirSync(out);
  const env = {
    ...process.env,
    OUT: out,
    PINS: `/sys/fs/bpf/mapscope-test-${process.pid}-${name}`,
    LIVEMAP: compile(...HELPER.map((it) => `scripts/live/${it}.c`)),
    OBJECTS: `${ROOT}fixtures/bpf-object`,
  };
  execFileSync("sh", [`${ROOT}scripts/live/${name}.sh`], { env, stdio: "pipe" });
  const facts = readFacts(readFileSync(join(out, "facts.tsv"), "utf8"));
  const snapshot: Scenario["snapshot"] = (label) => {
    const inner = innerIds(join(out, label, "map-dump-outer_map.json"));
    const own = new Set([...facts.map((it) => it.id), ...inner]);
    return readdirSync(join(out, label))
      .filter((file) => file.endsWith(".json") && file !== "map-show-pinned.json")
      .map((file) => {
        const bytes = readFileSync(join(out, label, file));
        const listsMaps = file === "map-show.json" || file.startsWith("map-dump-name-");
        return [`${label}/${file}`, listsMaps ? onlyOwn(bytes, own) : bytes];
      });
  };
  return { facts, snapshot };
}

export function readFacts(text: string): Fact[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [snapshot = "", id, pin = "", type = "", entries] = line.split("\t");
      const fact = { snapshot, id: Number(id), pin, type };
      return entries === "-" ? fact : { ...fact, entries: Number(entries) };
    });
}

/** The value of each element of `map dump` of an outer map: an inner map's id, in the host's byte order. */
function innerIds(dump: string): number[] {
  if (!existsSync(dump)) return [];
  const elements = JSON.parse(readFileSync(dump, "utf8")) as { value: string[] }[];
  return elements.map(
    ({ value }) => new Uint32Array(Uint8Array.from(value, Number).buffer)[0] ?? 0,
  );
}

/** Other programs of this machine may have maps that change between two commands. */
function onlyOwn(bytes: Uint8Array, own: ReadonlySet<number>): Uint8Array {
  const maps = JSON.parse(new TextDecoder().decode(bytes)) as { id: number }[];
  return new TextEncoder().encode(JSON.stringify(maps.filter((map) => own.has(map.id))));
}
