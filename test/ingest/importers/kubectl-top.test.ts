/** Known answers: metrics_printer.go of kubectl, which divides bytes by 1 MiB and drops the rest. */
import { expect, test } from "vitest";
import { fixture, readOne } from "../read.ts";

const MIB = 1024 * 1024;

test("0Mi is anything below 1 MiB", async () => {
  const { podUsage } = await readOne(fixture("kubectl-top/pods.txt"));
  expect(podUsage).toMatchObject([
    { kind: "pod", name: "test-kata", memory: { value: 0, least: 0, most: MIB - 1 } },
    { kind: "pod", name: "test-runc", memory: { value: 2 * MIB, most: 3 * MIB - 1 } },
  ]);
});

test("containers have pod and namespace; the sum below the line is no row", async () => {
  const { podUsage, sources } = await readOne(fixture("kubectl-top/all-containers-sum.txt"));
  expect(podUsage.map((it) => [it.kind, it.namespace, it.name, it.container])).toEqual([
    ["container", "kmesh-system", "kmesh-57rbp", "kmesh"],
    ["container", "default", "fortio-6d4f5c7b9d-2xk7p", "fortio"],
    ["container", "default", "fortio-6d4f5c7b9d-2xk7p", "istio-proxy"],
  ]);
  expect(sources[0]?.diagnostics).toEqual([]);
});

test("<unknown> is absent, and is said", async () => {
  const { podUsage, sources } = await readOne(fixture("kubectl-top/nodes-old-and-unknown.txt"));
  expect(podUsage[0]).toMatchObject({ kind: "node", cpuMillis: { value: 412 } });
  expect(podUsage[1]).not.toHaveProperty("memory");
  expect(podUsage[1]).not.toHaveProperty("cpuMillis");
  expect(sources[0]?.diagnostics).toMatchObject([{ code: "partial-capture" }]);
});

test("the newest header, with swap", async () => {
  const { podUsage } = await readOne(fixture("kubectl-top/nodes-new-swap.txt"));
  expect(podUsage).toMatchObject([
    { kind: "node", name: "worker-1", memory: { value: 3870 * MIB } },
  ]);
});

test("without a header two names are namespace and pod", async () => {
  const { podUsage } = await readOne(fixture("kubectl-top/no-headers-all-namespaces.txt"));
  expect(podUsage[0]).toMatchObject({
    kind: "pod",
    namespace: "kmesh-system",
    name: "kmesh-57rbp",
  });
});

test("with --containers and without -A two names are pod and container", async () => {
  const text = "POD   NAME   CPU(cores)   MEMORY(bytes)\nkmesh-57rbp   kmesh   35m   212Mi\n";
  expect((await readOne(text)).podUsage).toMatchObject([
    { kind: "container", name: "kmesh-57rbp", container: "kmesh" },
  ]);
});

test("a damaged row is reported with its place, and the others are kept", async () => {
  const text = "NAME  CPU(cores)  MEMORY(bytes)\na  1m  2Mi\nb  1m  x2Mi\nc  1m  3Mi\n";
  const { podUsage, sources } = await readOne(text);
  expect(podUsage.map((it) => it.name)).toEqual(["a", "c"]);
  expect(sources[0]?.diagnostics).toMatchObject([
    { code: "skipped-record", path: "line 3", offset: text.indexOf("b  1m") },
  ]);
});

test.each([
  ["a file", (rows: string) => rows, 0],
  ["a report", (rows: string) => `# Slow\n\n\`\`\`\n${rows}\`\`\`\n`, 3],
])("garbled rows of a list without a header are told, in %s", async (_where, around, above) => {
  const rows = [
    "kube-sys??     core#dns      3?m    12Mi",
    "kmesh-system   kmesh-57rbp   35m    212Mi",
    "@@@@",
    "default        test-kata     0m     0Mi",
    "default        te\ufffdt-runc     0m",
    "",
  ];
  const { podUsage, sources } = await readOne(around(rows.join("\n")));
  expect(podUsage.map((it) => it.name)).toEqual(["kmesh-57rbp", "test-kata"]);
  expect(sources[0]?.diagnostics.map(({ code, path }) => [code, path])).toEqual(
    [1, 3, 5].map((line) => ["skipped-record", `line ${line + above}`]),
  );
  expect(sources[0]?.diagnostics[0]?.hint).toContain("kubectl top pod");
});

test("what watch puts above the header, and a title between two tables, are no rows", async () => {
  const header = "NAME   CPU(cores)   MEMORY(bytes)";
  const text = `Every 2.0s: kubectl top pod    host-1: Mon\n\n${header}\na   1m   2Mi\nWith kata:\n${header}\nb   1m   2Mi\n`;
  const { podUsage, sources } = await readOne(text);
  expect(podUsage.map((it) => it.name)).toEqual(["a", "b"]);
  expect(sources[0]?.diagnostics).toEqual([]);
});
