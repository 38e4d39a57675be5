/** Known answers: describe.go of kubectl; 1184Mi is 1Gi and the 160Mi that a RuntimeClass declares. */
import { expect, test } from "vitest";
import { fixture, readOne } from "../read.ts";

const MIB = 1024 * 1024;

test("a grepped row has limit and overhead together", async () => {
  const { podRequests } = await readOne(fixture("kubectl-describe-node/grepped.txt"));
  expect(podRequests).toMatchObject([
    {
      namespace: "default",
      pod: "test-kata",
      cpuLimitMillis: 1250,
      memoryRequestBytes: 1184 * MIB,
      memoryLimitBytes: (1024 + 160) * MIB,
    },
  ]);
});

test("of the whole output: the pods, the kernel, and the CPUs as an assumption", async () => {
  const { podRequests, host, sources } = await readOne(fixture("kubectl-describe-node/whole.txt"));
  expect(podRequests.map((it) => [it.pod, it.cpuLimitMillis, it.memoryLimitBytes])).toEqual([
    ["test-kata", 1250, 1184 * MIB],
    ["kmesh-57rbp", 1000, 1024 * MIB],
    ["kube-proxy-4n2vl", 0, 0],
  ]);
  expect(host).toMatchObject([
    { fact: "possibleCpus", value: 8, basis: "assumed" },
    { fact: "kernelRelease", value: "5.10.0-60.18.0.50.oe2203.x86_64", basis: "reported" },
  ]);
  expect(sources[0]?.diagnostics).toEqual([]);
});

test("before kubectl 1.10 there is no age", async () => {
  const { podRequests } = await readOne(fixture("kubectl-describe-node/no-age.txt"));
  expect(podRequests).toMatchObject([{ pod: "coredns-78fcd", memoryLimitBytes: 170 * MIB }]);
});

test("a damaged row among the others is reported", async () => {
  const head = "  Namespace  Name  CPU Requests  CPU Limits  Memory Requests  Memory Limits  Age\n";
  const row = "  default  a  0 (0%)  0 (0%)  1Mi (0%)  2Mi (0%)  1d\n";
  const { podRequests, sources } = await readOne(`${head}${row}${row.replace("1Mi", "1Xi")}`);
  expect(podRequests).toHaveLength(1);
  expect(sources[0]?.diagnostics).toMatchObject([{ code: "skipped-record", path: "line 3" }]);
});
