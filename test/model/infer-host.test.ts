/** What a list of maps says of its host: real listings of four kernels, issue 945, and public reports. */
import { describe, expect, test } from "vitest";
import { costOf, entriesFromMemlock } from "../../src/model/cost.ts";
import { type Evidence, resolveHost } from "../../src/model/infer-host.ts";
import type { HostClaim } from "../../src/model/snapshot.ts";
import { definition, GROUND_TRUTH_KERNELS, groundTruth, hostOf } from "./measured.ts";

/** `hash 16/64/1024 0x1 = 86912` as a row of a listing. */
function row(text: string, more: Partial<Evidence> = {}): Evidence {
  const [attributes = "", memlock = ""] = text.split(" = ");
  const { mapExtra, ...listed } = definition(attributes);
  return {
    definition: listed,
    memlockBytes: Number(memlock),
    count: 1,
    source: `row ${attributes}`,
    ...more,
  };
}

const claim = (
  fact: HostClaim["fact"],
  value: string | number,
  basis: HostClaim["basis"],
): HostClaim => ({
  fact,
  value,
  basis,
  source: `claimed ${value}`,
});

describe("the accounting", () => {
  test.each([
    ["a value that is not whole pages", ["array 4/64/1 = 376"], "per-type"],
    ["a ring buffer of 0", ["ringbuf 0/0/262144 = 0"], "rounded-entries"],
    ["a local storage of 0", ["sk_storage 4/64/0 0x1 = 0"], "rounded-entries"],
    ["a ring buffer with its pages", ["ringbuf 0/0/262144 = 278528"], "charged-pages"],
    [
      "a hash that counts buckets, in whole pages",
      ["hash 16/64/1024 = 151552", "array 4/8/1 = 4096"],
      "charged-pages",
    ],
    ["a hash that does not", ["hash 16/64/1024 = 81920"], "rounded-entries"],
    ["an empty trie of 0", ["lpm_trie 8/8/100 0x1 = 0"], "per-type"],
  ])("is proven by %s", (_what, rows, accounting) => {
    const host = resolveHost(
      rows.map((it) => row(it)),
      [],
    );
    expect(host.accounting).toMatchObject({ value: accounting, basis: "inferred" });
    expect(host.accounting?.source).toContain(rows[0]?.split(" = ")[1]);
    expect(host.diagnostics).toEqual([]);
  });

  test("is withheld when nothing decides", () => {
    const host = resolveHost([row("array 4/64/1 = 4096")], []);
    expect(host.accounting).toBeUndefined();
    expect(host.host).toBeUndefined();
    expect(host.unknownBecause).toMatch(/--kernel or --accounting/);
    expect(resolveHost([], []).host).toBeUndefined();
  });

  test("is that of the release where the rows leave it open", () => {
    const host = resolveHost(
      [row("array 4/64/1 = 4096")],
      [claim("kernelRelease", "5.10.0-60.18.0.50.oe2203", "reported")],
    );
    expect(host.accounting).toMatchObject({ value: "charged-pages", basis: "reported" });
  });

  test("is that of the rows where a vendor backported, and the contradiction is said", () => {
    const host = resolveHost(
      [row("array 4/64/1 = 376")],
      [claim("kernelRelease", "5.14.0-503.el9", "reported")],
    );
    expect(host.accounting).toMatchObject({ value: "per-type", basis: "inferred" });
    expect(host.host?.kernel).not.toEqual([5, 14]);
    expect(host.diagnostics).toMatchObject([
      { code: "contradiction", message: expect.stringContaining("5.14.0-503.el9") },
    ]);
  });

  test("is what the user says, over rows and release, with a contradiction", () => {
    const host = resolveHost([row("array 4/64/1 = 376")], [], { accounting: "rounded-entries" });
    expect(host.accounting).toMatchObject({ value: "rounded-entries", basis: "reported" });
    expect(host.diagnostics).toMatchObject([{ code: "contradiction" }]);
  });

  test("is withheld, with a contradiction, when rows cannot come from one kernel", () => {
    const host = resolveHost([row("ringbuf 0/0/262144 = 0"), row("array 4/64/1 = 376")], []);
    expect(host.accounting).toBeUndefined();
    expect(host.diagnostics).toMatchObject([
      { code: "contradiction", message: expect.stringMatching(/376/) },
    ]);
  });
});

describe("possible CPUs", () => {
  const issue945 = [
    row("ringbuf 0/0/262144 = 0"),
    row("percpu_array 4/260/1 = 4096"),
    row("percpu_array 4/776/1 = 8192"),
  ];

  test("of issue 945 are bounded by eps_data, and the report's 8 is within", () => {
    const alone = resolveHost(issue945, []);
    expect(alone.possibleCpus).toBeUndefined();
    expect(alone.possibleCpusRange).toMatchObject({ value: [6, 10], basis: "inferred" });
    const told = resolveHost(issue945, [claim("possibleCpus", 8, "assumed")]);
    expect(told.possibleCpus).toMatchObject({ value: 8, basis: "assumed" });
    expect(told.possibleCpus?.source).toMatch(
      /claimed 8; within 6\.\.10 by .*4\/776\/1 reports 8192/,
    );
    expect(told.diagnostics).toEqual([]);
  });

  test("said outside the bounds are not used, and the contradiction is said", () => {
    const host = resolveHost(issue945, [claim("possibleCpus", 32, "assumed")]);
    expect(host.possibleCpus).toBeUndefined();
    expect(host.diagnostics).toMatchObject([
      { code: "contradiction", message: expect.stringContaining("6..10") },
    ]);
  });

  test("counted in a per-CPU dump are taken, and outrank what a text says", () => {
    const host = resolveHost(
      [row("ringbuf 0/0/262144 = 0")],
      [claim("possibleCpus", 8, "assumed"), claim("possibleCpus", 4, "counted")],
    );
    expect(host.possibleCpus).toMatchObject({ value: 4, basis: "counted" });
    expect(host.diagnostics).toMatchObject([{ code: "contradiction" }]);
  });

  test("are the user's above all", () => {
    const host = resolveHost(issue945, [claim("possibleCpus", 8, "assumed")], { possibleCpus: 6 });
    expect(host.possibleCpus).toMatchObject({ value: 6, basis: "reported" });
  });

  test("of 65,536 per-CPU counters are 32, once the header is known from an array", () => {
    const host = resolveHost(
      [row("percpu_array 4/8/65536 = 17301824"), row("array 4/8/1 = 328")],
      [],
    );
    expect(host.possibleCpus).toMatchObject({ value: 32, basis: "inferred" });
    expect(host.structSizes.calibrated.bpf_array).toMatchObject({ value: 320 });
  });

  test("come with the size of bpf_htab from two preallocated hashes (tetragon#4249)", () => {
    const rows = [row("hash 4/896/32768 = 31724288"), row("hash 8/4/32768 = 2622752")];
    const host = resolveHost(rows, [claim("kernelRelease", "6.14.0", "reported")]);
    expect(host.possibleCpus).toMatchObject({ value: 4, basis: "inferred" });
    expect(host.structSizes.calibrated.bpf_htab).toMatchObject({
      value: 896,
      basis: "inferred",
    });
  });

  test("are only bounded by one hash, whose header could be larger instead", () => {
    const host = resolveHost([row("hash 8/4/32768 = 2622752")], []);
    expect(host.possibleCpus).toBeUndefined();
    const [least, most] = host.possibleCpusRange?.value ?? [0, 0];
    expect(least).toBeLessThanOrEqual(4);
    expect(most).toBeGreaterThanOrEqual(4);
  });
});

describe("live entries", () => {
  const rows = [row("hash 4/896/32768 = 31724288"), row("hash 8/4/32768 = 2622752")];
  const { host } = resolveHost(rows, [claim("kernelRelease", "6.14.0", "reported")]);
  if (host === undefined) throw new Error("the rows settle the host");

  test.each([
    ["execve_map", "hash 4/896/32768 0x1", 854_592, 343],
    ["override_tasks", "hash 8/4/32768 0x1", 525_312, 0],
  ])("of %s (tetragon#4249) are solved from its report", (_name, text, memlock, entries) => {
    expect(entriesFromMemlock(definition(text), memlock, host)).toMatchObject({
      value: entries,
      basis: "inferred",
    });
  });

  test("are withheld when the report is no whole number of them, or more than fit", () => {
    expect(entriesFromMemlock(definition("hash 4/896/32768 0x1"), 854_593, host)).toHaveProperty(
      "unknown",
    );
    expect(entriesFromMemlock(definition("hash 4/896/100 0x1"), 854_592, host)).toHaveProperty(
      "unknown",
    );
  });

  test("are not in the report of a preallocated map, nor of any map before 6.4", () => {
    expect(entriesFromMemlock(definition("hash 4/896/32768"), 31_724_288, host)).toHaveProperty(
      "unknown",
    );
    expect(
      entriesFromMemlock(definition("hash 4/8/100 0x1"), 4096, hostOf("6.1", 2)),
    ).toHaveProperty("unknown");
  });
});

describe.each(GROUND_TRUTH_KERNELS)("a listing of every measured map of %s", (kernel) => {
  const file = groundTruth(kernel);
  const cpus = Math.max(...file.rows.map((it) => it.possibleCpus));
  const rows = file.rows
    .filter((it) => it.possibleCpus === cpus)
    .map(
      (it): Evidence => ({
        definition: {
          type: it.type,
          keySize: it.keySize,
          valueSize: it.valueSize,
          // As a listing shows it: rounded up for a list on each CPU.
          maxEntries: it.infoMaxEntries ?? it.maxEntries,
          flags: it.flags,
        },
        memlockBytes: it.memlock,
        count: 1,
        source: it.type,
      }),
    );
  const resolved = resolveHost(rows, []);

  test("gives its accounting and its CPUs without a contradiction", () => {
    expect(resolved.accounting?.value).toBe(hostOf(file.version, 1).accounting);
    expect(resolved.possibleCpus).toMatchObject({ value: cpus, basis: "inferred" });
    expect(resolved.diagnostics).toEqual([]);
  });

  test("gives sizes of structs that are those of its BTF, and no others", () => {
    const found = Object.entries(resolved.structSizes.calibrated);
    expect(found.length >= 8).toBe(resolved.accounting?.value === "per-type");
    expect(found.filter(([name, { value }]) => file.structSizes[name] !== value)).toEqual([]);
  });
});

test("struct sizes that the user gives come first, and are the figure's basis", () => {
  const host = resolveHost([row("array 4/64/1 = 376")], [], {
    kernel: "6.18",
    structSizes: { bpf_array: 312, bpf_htab: 840 },
  });
  expect(host.host?.structSize("bpf_htab")).toBe(840);
  expect(host.structSizes.basis).toBe("reported");
  const { preallocatedBytes } = costOf(
    definition("array 4/64/1"),
    {},
    host.host ?? hostOf("6.18", 2),
  );
  expect(preallocatedBytes).toMatchObject({ value: 376, basis: "modeled" });
});

test("two releases of one host are a contradiction, and the first is used", () => {
  const host = resolveHost(
    [],
    [claim("kernelRelease", "6.1.0", "reported"), claim("kernelRelease", "6.6.1", "reported")],
  );
  expect(host.kernelRelease).toMatchObject({ value: "6.1.0" });
  expect(host.diagnostics).toMatchObject([{ code: "contradiction" }]);
});
