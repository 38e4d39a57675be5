/** Joins of a pod by uid, container id and name, over the figures of a comparison of kata and runc. */
import { describe, expect, test } from "vitest";
import { cgroupsOf } from "../../../src/model/pods/cgroups.ts";
import { comparisonsOf } from "../../../src/model/pods/comparisons.ts";
import { podsOf } from "../../../src/model/pods/pods.ts";
import { exactly } from "../../../src/model/rounded.ts";
import type { ReportPart } from "../../../src/model/usage/part.ts";
import { snapshotOf } from "../families/facts.ts";

const UID = "031c021e-c722-4191-ae7b-2bd73a1aae14";
const ID = "84e5718cae98b3d72a9a7267525eab84d4ea4dc0aca7367bf14dc122241cbba5";
const row = (path: string, bytes?: number, part?: ReportPart) => ({
  path,
  isCut: false,
  source: "cgtop.txt line 1",
  ...(bytes !== undefined && { memory: exactly(bytes) }),
  ...(part !== undefined && { part }),
});
const top = (name: string, bytes: number, part?: ReportPart) => ({
  kind: "pod" as const,
  name,
  memory: exactly(bytes),
  source: "top.txt line 1",
  ...(part !== undefined && { part }),
});

function read(facts: Parameters<typeof snapshotOf>[0]) {
  const snapshot = snapshotOf(facts);
  const cgroups = cgroupsOf(snapshot.cgroupUsage);
  return { cgroups, pods: podsOf(snapshot, cgroups) };
}

describe("control groups", () => {
  const { cgroups, pods } = read({
    cgroupUsage: [
      row("/", 10),
      row("/kubepods", 300),
      row(`/kubepods/pod${UID}`, 200),
      row(`/kubepods/pod${UID}/${ID}`, 150),
      row(`/kubepods/pod${UID}/${"0".repeat(64)}`, 50),
    ],
  });

  test("a parent includes its children: the pod is its own row, and nothing is added to it", () => {
    expect(pods.map((it) => it.memory?.figure.value)).toEqual([200]);
  });

  test("the nearest listed group above is the parent; the root's figure is of another kind", () => {
    expect(cgroups.map((it) => it.parent)).toEqual([
      undefined,
      undefined,
      "/kubepods",
      `/kubepods/pod${UID}`,
      `/kubepods/pod${UID}`,
    ]);
  });
});

test("what kata keeps outside is tied to the pod by the sandbox's id", () => {
  const { pods } = read({
    cgroupUsage: [
      row("/kata_overhead", 175),
      row(`/kata_overhead/${ID}`, 110),
      row(`/kubepods/pod${UID}/kata_${ID}`),
    ],
  });
  expect(pods).toMatchObject([
    { uid: UID, runtime: "kata", outside: { figure: { value: 110 } }, hasEmptyCgroup: true },
  ]);
  expect(pods[0]).not.toHaveProperty("memory");
});

test("a sandbox stands for the pod only where the pod's own group is not listed", () => {
  const sandbox = row(`/kubepods/pod${UID}/kata_${ID}`, 90);
  expect(read({ cgroupUsage: [sandbox] }).pods[0]?.memory?.figure.value).toBe(90);
  const both = [row(`/kubepods/pod${UID}`, 100), sandbox];
  expect(read({ cgroupUsage: both }).pods[0]?.memory?.figure.value).toBe(100);
  expect(read({ cgroupUsage: both.reverse() }).pods[0]?.memory?.figure.value).toBe(100);
});

describe("names", () => {
  const part = (variant: string) => ({ subject: "iperf", variant });

  test("crictl ps and inspect join by the start of the id, and kubectl top by the container's name", () => {
    const { pods } = read({
      cgroupUsage: [row(`/kubepods/pod${UID}`, 100)],
      containers: [
        { id: ID.slice(0, 13), name: "caihcloud", source: "" },
        { cgroupsPath: `/kubepods/pod${UID}/${ID}`, source: "" },
      ],
      podUsage: [top("caihcloud-d8469d8f5-hs8ks", 80), top("other-1", 5)],
    });
    expect(pods.map((it) => [it.id, it.uid, it.workingSet?.figure.value])).toEqual([
      ["caihcloud-d8469d8f5-hs8ks", UID, 80],
      ["other-1", undefined, 5],
    ]);
    expect(pods[0]?.joined).toHaveLength(2);
  });

  test("the only pod of a part takes the only name of it", () => {
    const here = part("kata");
    const { pods } = read({
      cgroupUsage: [row(`/kubepods/pod${UID}`, 100, here)],
      podUsage: [top("test-kata", 0, here)],
    });
    expect(pods).toMatchObject([{ id: "iperf / kata: test-kata", uid: UID, runtime: "kata" }]);
  });

  test("a name above the variants goes to the one whose word it has", () => {
    const { pods } = read({
      cgroupUsage: [
        row(`/kubepods/pod${UID}`, 165, part("kata")),
        row(`/kubepods/pod${UID.replace("031c", "cb44")}`, 3, part("runc")),
      ],
      podUsage: [
        top("test-kata", 0, { subject: "iperf" }),
        top("test-runc", 2, { subject: "iperf" }),
      ],
    });
    expect(pods.map((it) => [it.part?.variant, it.name])).toEqual([
      ["kata", "test-kata"],
      ["runc", "test-runc"],
    ]);
  });

  test("without a report two nameless pods and two names are not joined by guessing", () => {
    const { pods } = read({
      cgroupUsage: [row(`/kubepods/pod${UID}`, 100)],
      podUsage: [top("a", 1), top("b", 2)],
    });
    expect(pods).toHaveLength(3);
  });
});

test("limit and overhead of the node's table outrank what the report says", () => {
  const { pods } = read({
    podUsage: [top("test-kata", 0)],
    podRequests: [
      {
        pod: "test-kata",
        namespace: "default",
        cpuRequestMillis: 0,
        cpuLimitMillis: 1250,
        memoryRequestBytes: 0,
        memoryLimitBytes: 1184,
        source: "node.txt line 3",
      },
    ],
  });
  expect(pods[0]?.limit).toEqual({ memoryBytes: 1184, cpuMillis: 1250, source: "node.txt line 3" });
});

test("variants are compared with the first; one with two pods is not", () => {
  const at = (variant: string, bytes: number, uid = UID) =>
    row(`/kubepods/pod${uid}`, bytes, { subject: "s", variant });
  const { pods } = read({ cgroupUsage: [at("runc", 3), at("kata", 165), at("gvisor", 40)] });
  expect(comparisonsOf(pods).map((it) => [it.to.variant, it.difference.value])).toEqual([
    ["kata", 162],
    ["gvisor", 37],
  ]);
  const twice = [at("runc", 3), at("runc", 4, UID.replace("031c", "ffff")), at("kata", 165)];
  expect(comparisonsOf(read({ cgroupUsage: twice }).pods)).toEqual([]);
});
