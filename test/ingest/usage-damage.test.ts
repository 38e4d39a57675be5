/** Damage to the formats about pods and hosts: every record before it is kept, and nothing else happens. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ALL_FACT_KINDS, type FactKind } from "../../src/model/snapshot.ts";
import { read } from "../support/project-files.ts";
import { fixture, readTexts } from "./read.ts";

/** The kind of row that each format gives, and fixtures of one table each. */
const FORMATS: readonly (readonly [string, FactKind, readonly string[]])[] = [
  ["cgtop", "cgroupUsage", ["batch.txt", "raw.txt", "cpu-time.txt", "terminal.txt"]],
  ["kubectl-top", "podUsage", ["pods.txt", "all-containers-sum.txt", "nodes-new-swap.txt"]],
  ["kubectl-describe-node", "podRequests", ["whole.txt"]],
  ["crictl", "containers", ["ps-old.txt", "ps-new.txt", "stats.txt"]],
  ["memory-stat", "memoryStats", ["v2.txt", "v1.txt"]],
  ["meminfo", "hostMemory", ["excerpt-before-after.txt", "free-m.txt"]],
  ["bpftop", "programUsage", ["screen.txt"]],
  ["measurement-table", "measurements", ["chinese.md", "english-units-in-head.md"]],
];
const cases = FORMATS.flatMap(([format, kind, files]) =>
  files.map((file) => [`${format}/${file}`, kind] as const),
);

async function rowsOf(bytes: Uint8Array, kind: FactKind): Promise<readonly unknown[]> {
  const { snapshots } = await readTexts({ input: bytes });
  return snapshots.flatMap((it) => it[kind] as readonly unknown[]);
}

describe.each(cases)("%s", (path, kind) => {
  const bytes = fixture(path);

  test("cut at the end of any line, the rows before it are the same", async () => {
    const whole = (await rowsOf(bytes, kind)).map((it) => JSON.stringify(it));
    const flat = (rows: readonly string[]) => rows.join("\n").length;
    let last = 0;
    for (let end = bytes.indexOf(10) + 1; end > 0; end = bytes.indexOf(10, end) + 1) {
      const rows = (await rowsOf(bytes.subarray(0, end), kind)).map((it) => JSON.stringify(it));
      // The last row may gain figures (a table, a file of keys); all before it stay as they are.
      expect(whole.slice(0, Math.max(0, rows.length - 1))).toEqual(rows.slice(0, -1));
      expect(flat(rows)).toBeGreaterThanOrEqual(last);
      last = flat(rows);
    }
    expect(last).toBe(flat(whole));
  });

  test("cut or changed anywhere, it is read or refused with a diagnostic", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.nat(255),
        fc.boolean(),
        async (at, byte, isCut) => {
          const damaged = isCut ? bytes.slice(0, at) : bytes.slice();
          if (!isCut) damaged[at] = byte;
          const { snapshots, diagnostics } = await readTexts({ input: damaged });
          const rows = snapshots.flatMap((it) =>
            ALL_FACT_KINDS.flatMap((each) => it[each] as unknown[]),
          );
          expect(rows.length + diagnostics.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});

test("reports: any cut is read", async () => {
  const paths = ["000-kmesh-resources", "002-kmesh-introduction", "003-kata-and-runc"];
  for (const name of paths) {
    const bytes = new TextEncoder().encode(read(`fixtures/reports/${name}/report.md`));
    for (let end = 1; end < bytes.length; end += 61) {
      const { snapshots } = await readTexts({ "report.md": bytes.subarray(0, end) });
      expect(snapshots.length).toBeLessThanOrEqual(1);
    }
  }
});
