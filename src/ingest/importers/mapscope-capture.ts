/** The manifest of our capture script: facts of the host, the time, and what could not be had. */
import { InputError } from "../../base/input-error.ts";
import type { HostClaim } from "../../model/snapshot.ts";
import { readAll } from "../byte-source.ts";
import { type CaptureManifest, cpuListOf, readManifest, tellStep } from "../capture-manifest.ts";
import { countCpus } from "../cpu-list.ts";
import { type ByteSource, defineImporter, type FactSink } from "../importer.ts";
import { type JsonValue, uint32 } from "../json-records.ts";
import { policy, redactJson } from "../redact/json.ts";

/** A line for each of 131,072 dumps is less. */
const MAX_BYTES = 64 * 1024 * 1024;

/** More steps that failed are counted: they fail alike. */
const MOST_TOLD = 50;

const KEPT = policy(
  `schemaVersion kind script name version startedAt finishedAt takenAt interrupted options dump everySeconds count withBtf
   maxBytes maxSeconds timeoutSeconds host kernelRelease machine possibleCpus onlineCpus pageSize byteOrder os daemon pid cgroup
   mode times commands command outcome status bytes file reason stderr`,
);

export const mapscopeCapture = defineImporter({
  id: "mapscope-capture",
  title: "manifest of a mapscope capture",
  docs: "docs/formats/mapscope-capture.md",
  priority: 16, // Its keys are in no other format, and the commands in it name many.
  sniff: (head) => head.hasKeys("schemaVersion", "kind", "script", "commands"),
  redact: redactJson(KEPT),

  async read(source, sink) {
    const { bytes } = await readAll(source, MAX_BYTES);
    const manifest = readManifest(parse(bytes, source));
    if (manifest.takenAt !== undefined) sink.takenAt(manifest.takenAt);
    for (const claim of claimsOf(manifest, source.file)) sink.host(claim);
    tellInterrupt(manifest, source, sink);
    tellSteps(manifest, source, sink);
  },
});

function parse(bytes: Uint8Array, { file, offset }: ByteSource): JsonValue {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as JsonValue;
  } catch (error) {
    throw new InputError(
      "malformed",
      { file, offset },
      `the manifest of the capture is no JSON: ${(error as Error).message}`,
      "Pass the archive as the capture script wrote it.",
    );
  }
}

function claimsOf({ host, daemon }: CaptureManifest, file: string): readonly HostClaim[] {
  const possible = cpuListOf(host.possibleCpus);
  const online = cpuListOf(host.onlineCpus);
  const pageSize = uint32(host.pageSize);
  const isPowerOfTwo = pageSize !== undefined && pageSize > 0 && (pageSize & (pageSize - 1)) === 0;
  const claims: [HostClaim["fact"], HostClaim["value"] | undefined, string][] = [
    ["kernelRelease", matching(host.kernelRelease, /^\d+\.\d+\S*$/), "host.kernelRelease"],
    ["possibleCpus", possible && countCpus(possible), "host.possibleCpus"],
    ["onlineCpus", online && countCpus(online), "host.onlineCpus"],
    ["pageSize", isPowerOfTwo ? pageSize : undefined, "host.pageSize"],
    ["byteOrder", matching(host.byteOrder, /^(?:little|big)$/), "host.byteOrder"],
    [
      "kmeshVersion",
      matching(daemon.version, /^v?\d+\.\d+\S*$/)?.replace(/^v/, ""),
      "daemon.version",
    ],
    ["kmeshMode", matching(daemon.mode, /^[a-z][a-z-]*$/), "daemon.mode"],
  ];
  return claims.flatMap(([fact, value, path]) =>
    value === undefined ? [] : [{ fact, value, basis: "reported", source: `${file} $.${path}` }],
  );
}

function matching(json: JsonValue | undefined, pattern: RegExp): string | undefined {
  return typeof json === "string" && json.length < 200 && pattern.test(json) ? json : undefined;
}

function tellInterrupt(
  { interrupted, asked, taken }: CaptureManifest,
  source: ByteSource,
  sink: FactSink,
) {
  if (!interrupted) return;
  const looks =
    asked === undefined || taken === undefined ? "" : ` after ${taken} of ${asked} looks`;
  sink.diagnostic({
    level: "warning",
    code: "partial-capture",
    file: source.file,
    offset: source.offset,
    path: "$.interrupted",
    message: `the capture was interrupted${looks}: what was under way may be missing`,
    hint: "Capture again, and let it end.",
  });
}

function tellSteps({ steps }: CaptureManifest, source: ByteSource, sink: FactSink) {
  const { file, offset } = source;
  let left = 0;
  let told = 0;
  for (const [at, step] of steps.entries()) {
    const words = step === undefined ? unreadable : tellStep(step);
    if (words === undefined) continue;
    if (told === MOST_TOLD) {
      left += 1;
      continue;
    }
    told += 1;
    sink.diagnostic({ ...words, file, offset, path: `$.commands[${at}]` });
  }
  if (left === 0) return;
  sink.diagnostic({
    level: "warning",
    code: "partial-capture",
    file,
    offset,
    path: "$.commands",
    message: `${left} more steps of the capture gave nothing or not all`,
    hint: "The manifest has them all: capture.json in the archive.",
  });
}

const unreadable = {
  level: "data-loss",
  code: "skipped-record",
  message: "this is no step of a capture",
} as const;
