/** What the input lacks that would change the answer, with the commands that capture it. */
import { z } from "zod";
import type { AnalysisFamily, AnalysisSnapshot } from "../analysis.ts";
import { familyLabel } from "../family-label.ts";
import { defineRule } from "../rule.ts";
import { counted, exactBytes, listed, shellWord } from "../wording.ts";

/** Maps that are named with a command of their own. */
const MOST_DUMPS = 3;

interface Gap {
  readonly missing: string;
  /** Absent where the diagnostics alone know what to do. */
  readonly command?: string;
}

export const incompleteCapture = defineRule({
  id: "incomplete-capture",
  title: "Capture lacks what would settle the figures",
  why: "A number that is not known is left out of every sum, and the largest map may be the one that was not captured.",
  severity: "info",
  needs: ["maps"],
  docs: "docs/rules/incomplete-capture.md",
  options: z.strictObject({
    minShare: z
      .number()
      .gt(0)
      .max(1)
      .default(0.1)
      .describe(
        "Bytes that are not known, as a share of what is, from which they are worth a command.",
      ),
  }),

  *check({ snapshots }, { minShare }) {
    for (const snapshot of snapshots) {
      if (snapshot.families.length === 0) continue;
      const gaps = [
        ...cutInputs(snapshot),
        ...hostGaps(snapshot),
        ...untypedMaps(snapshot, minShare),
        ...undumpedMaps(snapshot, minShare),
      ];
      if (gaps.length === 0) continue;
      const commands = gaps.flatMap(({ command }) => (command === undefined ? [] : [command]));
      yield {
        subject: { snapshot: snapshot.label, kind: "snapshot", id: snapshot.label },
        message: gaps.map((it) => it.missing).join("; "),
        evidence: {
          missing: gaps.map((it) => it.missing),
          commands,
        },
        recommendation: [
          ...(commands.length === 0
            ? []
            : [
                `Capture as root, on the same host: ${commands.map((it) => `\`${it}\``).join(", ")}.`,
              ]),
          ...(commands.length === gaps.length
            ? []
            : ["The diagnostics say of each input what was not read, and what to do."]),
        ].join(" "),
      };
    }
  },
});

function* cutInputs({ sources }: AnalysisSnapshot): Generator<Gap> {
  const cut = sources.filter((it) => it.diagnostics.some(({ level }) => level === "data-loss"));
  if (cut.length === 0) return;
  const more = cut.length > 2 ? ` and ${cut.length - 2} more` : "";
  const command = AGAIN.get(cut[0]?.format ?? "");
  yield {
    missing: `${listed(cut.slice(0, 2).map((it) => it.file))}${more} could be read in part only`,
    ...(command !== undefined && { command }),
  };
}

/** How an input of each format is made again. */
const AGAIN: ReadonlyMap<string, string> = new Map([
  ["bpftool-map-show", "bpftool -j map show > maps.json"],
  ["bpftool-map-dump", "bpftool -j map dump id ID > dump-ID.json"],
  ["bpftool-prog-show", "bpftool -j prog show > progs.json"],
  ["kmesh-log", "kubectl logs -n kmesh-system POD > kmesh.log"],
  ["ig-top-ebpf", "kubectl gadget top ebpf > top-ebpf.txt"],
]);

function* hostGaps({ host, families }: AnalysisSnapshot): Generator<Gap> {
  if (host.accounting === undefined) {
    yield {
      missing: "the kernel is not known, so what it reports has no meaning",
      command: "uname -r > uname.txt",
    };
  }
  const needsCpus = () =>
    families.some((it) => it.unknown?.residentBytes?.includes("possible CPUs"));
  if (host.possibleCpus === undefined && needsCpus()) {
    yield {
      missing: "the possible CPUs are not known, which per-CPU maps are sized by",
      command: "cp /sys/devices/system/cpu/possible possible.txt",
    };
  }
  if (families.every((it) => it.memlockBytes === undefined)) {
    yield {
      missing: "no map has a reported memlock",
      command: "bpftool -j map show > maps.json",
    };
  }
}

/** A map that is known by its sum only. */
function* untypedMaps({ families, totals }: AnalysisSnapshot, minShare: number): Generator<Gap> {
  const untyped = families.filter((it) => it.type === null);
  const bytes = sum(untyped, (it) => it.memlockBytes?.value ?? 0);
  const total = totals.memlockBytes?.value ?? 0;
  if (bytes === 0 || bytes < minShare * total) return;
  const maps = sum(untyped, (it) => it.count);
  yield {
    missing: `type and sizes of ${counted(maps, "map")} (${exactBytes(bytes)} reported) are not known`,
    command: "bpftool -j map show > maps.json",
  };
}

/** A map whose live entries would move its figure by much. */
function* undumpedMaps({ families, totals }: AnalysisSnapshot, minShare: number): Generator<Gap> {
  const known = totals.residentBytes?.value ?? totals.memlockBytes?.value ?? 0;
  const unsure = families
    .filter((family) => unsureBytes(family) >= Math.max(1, minShare * known))
    .map((family) => ({ family, bytes: unsureBytes(family) }))
    .sort((a, b) => b.bytes - a.bytes);
  for (const { family, bytes } of unsure.slice(0, MOST_DUMPS)) {
    yield {
      missing: `the live entries of ${familyLabel(family)} are not known: up to ${exactBytes(bytes)} more`,
      command: dumpCommand(family),
    };
  }
}

/** By id, else by name; a name of the input gives neither a second command nor another folder. */
function dumpCommand({ mapIds, name }: AnalysisFamily): string {
  const id = mapIds[0]?.[0];
  if (id !== undefined) return `bpftool -j map dump id ${id} > dump-${id}.json`;
  if (name === null) return "bpftool -j map dump id ID > dump-ID.json";
  return `bpftool -j map dump name ${shellWord(name)} > dump-${name.replaceAll(/[^\w.-]/g, "_")}.json`;
}

/** What live entries may have added to what was taken at creation. */
function unsureBytes({
  entries,
  nonZeroSlots,
  ceilingBytes,
  preallocatedBytes,
}: AnalysisFamily): number {
  if (entries !== undefined || nonZeroSlots !== undefined) return 0;
  if (ceilingBytes === undefined || preallocatedBytes === undefined) return 0;
  return ceilingBytes.value - preallocatedBytes.value;
}

function sum(families: readonly AnalysisFamily[], of: (family: AnalysisFamily) => number): number {
  return families.reduce((total, it) => total + of(it), 0);
}
