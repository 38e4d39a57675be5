/** Known answers: container.go and container_stats.go of cri-tools; sizes are decimal (go-units HumanSize). */
import { expect, test } from "vitest";
import { fixture, readOne } from "../read.ts";

test("CREATED has blanks; the newest columns name pod and namespace", async () => {
  const { containers } = await readOne(fixture("crictl/ps-old.txt"));
  expect(containers.map((it) => [it.id, it.name, it.sandbox])).toEqual([
    ["a3f70e49d6c15", "caihcloud", "bd033951719d1"],
    ["592ed9bf30f1c", "iperf", "9d1c7c0a3b2f4"],
  ]);
  const { containers: named } = await readOne(fixture("crictl/ps-new.txt"));
  expect(named).toMatchObject([{ pod: "caihcloud-d8469d8f5-hs8ks", namespace: "caihcloud" }]);
});

test("131.2MB is decimal and known to half of its last digit", async () => {
  const { containers } = await readOne(fixture("crictl/stats.txt"));
  expect(containers[0]).toMatchObject({
    name: "caihcloud",
    memory: { value: 131_200_000, least: 131_150_000, most: 131_250_000 },
    cpuPercent: { value: 0.52 },
  });
  const { containers: old } = await readOne(fixture("crictl/stats-old.txt"));
  expect(old[0]).toMatchObject({ memory: { value: 1_215_000_000, most: 1_215_500_000 } });
  expect(old[0]).not.toHaveProperty("name");
});

test("inspect tells uid, names, group and limit", async () => {
  const { containers } = await readOne(fixture("crictl/inspect.json"));
  expect(containers).toMatchObject([
    {
      name: "caihcloud",
      pod: "caihcloud-d8469d8f5-hs8ks",
      podUid: "ba3213c0-2204-4641-a3e8-b2bd2a178684",
      memoryLimitBytes: 2 ** 31,
      cgroupsPath: expect.stringContaining(":cri-containerd:a3f70e49d6c1"),
    },
  ]);
});

test("a grepped line is its path; a cut inspect keeps it and says so", async () => {
  const { containers } = await readOne(fixture("crictl/grepped-path.txt"));
  expect(containers[0]?.cgroupsPath).toMatch(/^\/kubepods\/burstable\/podba3213c0-/);
  const cut = await readOne(fixture("crictl/inspect-cut.json"));
  expect(cut.containers[0]?.cgroupsPath).toMatch(/^\/kubepods\/podcb448151-/);
  expect(cut.sources[0]?.diagnostics).toMatchObject([{ level: "data-loss", code: "malformed" }]);
});

test("several inspects one after the other", async () => {
  const one = new TextDecoder().decode(fixture("crictl/inspect.json"));
  expect((await readOne(one + one.replace("a3f70e49", "b3f70e49"))).containers).toHaveLength(2);
});
