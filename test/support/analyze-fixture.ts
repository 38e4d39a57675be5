/** From fixture files to an Analysis, by the same calls that the command line makes. */
import { readFileSync } from "node:fs";
import type { Analysis } from "../../src/analyze/analysis.ts";
import { analyze } from "../../src/analyze/analyze.ts";
import { buildSnapshot } from "../../src/analyze/build.ts";
import { fromBytes } from "../../src/ingest/byte-source.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import type { HostOptions } from "../../src/model/infer-host.ts";
import { component } from "./component.ts";

const FIXTURES = new URL("../../fixtures/", import.meta.url);

export function fixtureBytes(path: string): Uint8Array {
  return readFileSync(new URL(path, FIXTURES));
}

export async function analyzeFixture(
  paths: string | readonly string[],
  options: HostOptions = {},
): Promise<Analysis> {
  const list = typeof paths === "string" ? [paths] : paths;
  return analyzeSources(
    list.map((path) => [path, fixtureBytes(path)] as const),
    options,
  );
}

export async function analyzeSources(
  sources: readonly (readonly [file: string, bytes: Uint8Array])[],
  options: HostOptions = {},
): Promise<Analysis> {
  const inputs = sources.map(([file, bytes]) => fromBytes(file, bytes));
  const { snapshots, diagnostics } = await ingest(inputs, { component: await component() });
  const built = snapshots.map((it) => buildSnapshot(it, options));
  return analyze(
    built.map((it) => it.snapshot),
    {
      toolVersion: "0.0.0",
      diagnostics: [...diagnostics, ...built.flatMap((it) => it.diagnostics)],
    },
  );
}
