/** One row of a modelled listing changed by any amount: nothing else is lost, or what is withheld names the row. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { costOf } from "../../../src/model/cost.ts";
import type { Host } from "../../../src/model/host.ts";
import { type Evidence, type ResolvedHost, resolveHost } from "../../../src/model/infer-host.ts";
import { hosts } from "../arbitrary.ts";
import { definition } from "../measured.ts";

/** Each fact of the host is told by several of them: with fewer rows, one that changes cannot be told from the others. */
const MAPS = [
  "array 4/8/1",
  "array 4/64/100",
  "array 4/1300/3",
  "percpu_array 4/8/65536",
  "percpu_array 4/16/65536",
  "percpu_array 4/64/4096",
  "percpu_array 4/260/1",
  "hash 8/192/4096",
  "hash 4/896/32768",
  "hash 8/4/32768",
  "lru_hash 16/32/1000",
  "percpu_hash 4/16/512",
  "ringbuf 0/0/262144",
  "queue 0/24/64",
  "sk_storage 4/16/0 0x1",
];

function reportsOn(host: Host): Evidence[] {
  return MAPS.map((text, index) => {
    const { mapExtra: _hidden, ...listed } = definition(text);
    const { modeledMemlockBytes } = costOf(listed, { entries: 0, nonZeroSlots: 0 }, host);
    if (!("value" in modeledMemlockBytes))
      throw new Error(`${text}: ${modeledMemlockBytes.unknown}`);
    const memlockBytes = modeledMemlockBytes.value;
    return { definition: listed, memlockBytes, count: 1, source: `map ${index};` };
  });
}

/** What the model says of each map, with the host as it was concluded. */
function figuresBy({ host }: ResolvedHost, rows: readonly Evidence[]) {
  return rows.map((it) => {
    const found = host && costOf(it.definition, {}, host).modeledMemlockBytes;
    return found !== undefined && "value" in found ? found.value : undefined;
  });
}

const changes = fc.oneof(
  fc.integer({ min: -100_000, max: 100_000 }),
  fc.integer({ min: -64, max: 64 }).map((it) => it * 8),
  fc.integer({ min: -64, max: 64 }).map((it) => it * 4096),
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 }),
);

test("one odd row costs no other row its figures, or is named", () => {
  let kept = 0;
  let runs = 0;
  fc.assert(
    fc.property(hosts, fc.nat({ max: MAPS.length - 1 }), changes, (host, odd, change) => {
      const rows = reportsOn(host);
      const memlockBytes = (rows[odd]?.memlockBytes ?? 0) + change;
      fc.pre(memlockBytes >= 0);
      const changed = rows.map((it, index) => (index === odd ? { ...it, memlockBytes } : it));
      const before = resolveHost(rows, []);
      const after = resolveHost(changed, []);
      const isNamed = after.diagnostics.some(
        ({ code, message }) => code === "contradiction" && message.includes(`map ${odd};`),
      );
      const facts = (it: ResolvedHost) => [it.accounting?.value, it.possibleCpus?.value];
      const others = (it: ResolvedHost) => figuresBy(it, rows).filter((_, i) => i !== odd);
      const isSame =
        `${facts(before)}` === `${facts(after)}` && `${others(before)}` === `${others(after)}`;
      expect(isSame || isNamed).toBe(true);
      // What is settled, is settled rightly even then.
      if (after.accounting !== undefined) expect(after.accounting.value).toBe(host.accounting);
      if (after.possibleCpus !== undefined) {
        expect(after.possibleCpus.value).toBe(host.possibleCpus);
      }
      runs++;
      if (isSame) kept++;
    }),
    { numRuns: 150 },
  );
  expect(kept / runs).toBeGreaterThan(0.9);
});
