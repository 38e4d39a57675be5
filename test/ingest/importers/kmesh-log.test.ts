import { describe, expect, test } from "vitest";
import { fixture, readOne } from "../read.ts";

test("the startup log of issue 945: 14 scale lines, the kernel, the mode", async () => {
  const path = "kmesh-log/startup-and-scaling.log";
  const { scaleEvents, host, sources } = await readOne(fixture(path), path);
  expect(sources).toMatchObject([{ format: "kmesh-log", diagnostics: [] }]);
  expect(scaleEvents).toHaveLength(14);
  expect(scaleEvents[0]).toEqual({
    kind: "scale-up-needed",
    used: 0,
    claimed: 0,
    notBefore: "2024-10-14T07:41:25Z",
    notAfter: "2024-10-14T07:41:34Z",
    daemon: "kmesh-57rbp",
    source: `${path} line 25`,
  });
  expect(host.map(({ fact, value, basis }) => [fact, value, basis])).toEqual([
    ["kernelRelease", "6.1.19-7.0.0.17.oe2303.x86_64", "reported"],
    ["kmeshMode", "ads", "reported"],
  ]);
});

test("two pods in one log are two daemons, each with its own times", async () => {
  const { scaleEvents } = await readOne(fixture("kmesh-log/two-pods-colour-crlf.log"));
  expect(scaleEvents.map(({ daemon, notBefore, kind }) => [daemon, notBefore, kind])).toEqual([
    ["kmesh-57rbp", "2024-10-14T07:41:25Z", "scale-up-needed"],
    ["kmesh-xk2vd", "2024-10-14T07:41:29Z", "scale-up-needed"],
    ["kmesh-57rbp", "2024-10-14T07:41:25Z", "scale-up-collected"],
  ]);
});

describe("failures, in a log of containerd that is cut", async () => {
  const path = "kmesh-log/cri-failures-cut.log";
  const { scaleEvents, sources } = await readOne(fixture(path), path);

  test("the line of a failed creation has the number of the map that failed: one less was made", () => {
    expect(scaleEvents[1]).toMatchObject({
      kind: "create-failed",
      created: 19_987,
      errno: 24,
      at: "2024-10-14T07:41:26.000000001Z",
    });
  });

  test("a failed allocation has slots in use and claimed", () => {
    expect(scaleEvents.slice(3)).toMatchObject([
      { kind: "allocation-failed", used: 20_000, claimed: 32_768, lastSlot: 32_767 },
      { kind: "allocation-failed", used: 20_000, claimed: 32_768 },
    ]);
  });

  test("the cut line is reported with its place", () => {
    const text = new TextDecoder().decode(fixture(path));
    expect(sources[0]?.diagnostics).toMatchObject([
      { level: "data-loss", code: "skipped-record", offset: text.lastIndexOf("2024-"), file: path },
    ]);
  });
});

/** The formats of v0.5.0, and of v0.4.0 where it differs, with numbers put in. */
test.each([
  [
    "Remaining resources are insufficient(7/10), and capacity expansion is required.",
    { kind: "scale-up-needed", used: 7, claimed: 10 },
  ],
  [
    "The remaining resources are sufficient(3/40960) and scale-in is required.",
    { kind: "scale-in-possible", used: 3, claimed: 40_960 },
  ],
  [
    "collect_outter_map_scaleup_slots:1-2-3",
    { kind: "scale-up-collected", scanned: 1, collected: 2, lastSlot: 3 },
  ],
  [
    "collect_outter_map_scalein_slots:1-2-3",
    { kind: "scale-in-collected", scanned: 1, collected: 2, lastSlot: 3 },
  ],
  [
    "[warning]inner_map_create (5->8192) failed:-1, errno:12",
    { kind: "create-failed", created: 4, errno: 12 },
  ],
  [
    "alloc_outter_map_entry all inner_maps in used:1-1024-1023",
    { kind: "allocation-failed", used: 1, claimed: 1024, lastSlot: 1023 },
  ],
  ["alloc_outter_map_entry all inner_maps in used", { kind: "allocation-failed" }],
  ["[1 5 9]alloc_outter_map_entry failed", { kind: "allocation-failed", used: 5, claimed: 9 }],
  ["[1 5]alloc_outter_map_entry failed", { kind: "allocation-failed", used: 5 }],
  [
    'time="2024-10-14T07:41:25Z" level=info msg="half a lineRemaining resources are insufficient(7/10), and capacity expansion is required.',
    { kind: "scale-up-needed", used: 7, claimed: 10, at: "2024-10-14T07:41:25Z" },
  ],
])("%s", async (line, event) => {
  const { scaleEvents } = await readOne(`${line}\n`, "kmesh.log");
  expect(scaleEvents).toEqual([{ daemon: "kmesh.log", source: "kmesh.log line 1", ...event }]);
});

test("a daemon that names itself to the control plane is called by its pod", async () => {
  const lines = [
    "Remaining resources are insufficient(0/0), and capacity expansion is required.",
    "collect_outter_map_scaleup_slots:32767-32768-32767",
    'time="2024-10-14T07:41:34Z" level=info msg="service node sidecar~10.244.1.4~kmesh-57rbp.kmesh-system~kmesh-system.svc.cluster.local connect to discovery address istiod" subsys=controller/config',
  ];
  const { scaleEvents } = await readOne(`${lines.join("\n")}\n`, "kmesh.log");
  expect(scaleEvents.map((it) => it.daemon)).toEqual(["kmesh-57rbp", "kmesh-57rbp"]);
});

describe("what a daemon says of its maps beside the scaling", () => {
  const told = async (file: string) => {
    const { daemonEvents, scaleEvents } = await readOne(fixture(`kmesh-log/${file}`), file);
    const events = daemonEvents.map(({ kind, subject, slot, result, errno }) =>
      [kind, subject, slot, result, errno].map((it) => it ?? "-").join(" "),
    );
    return { events, daemonEvents, scale: scaleEvents.map(({ kind }) => kind) };
  };

  test("v0.5.0: failures with their errno, a restart, what was restored", async () => {
    const { events, daemonEvents, scale } = await told("map-errors.log");
    expect(events).toEqual([
      "start Restart - - -",
      "restore-failed inner maps - - -",
      "restore-failed inner maps 7 - -",
      "insert-failed outer_map 513 -1 -",
      "scale-up-failed inner maps - -1 -",
      "delete-failed outer_map 40960 -1 2",
      "scale-in-failed inner maps - -12 -",
      "store-failed Listener.address - -1 7",
      "store-failed Listener.address - -1 7",
      "store-failed Cluster.name - -1 28",
      "update-failed outbound|80||web.default.svc.cluster.local - - 7",
      "update-failed frontend - - 7",
      "persisted inner maps - - -",
    ]);
    expect(daemonEvents[1]).toMatchObject({
      at: "2024-10-14T07:41:21Z",
      source: "map-errors.log line 3",
    });
    expect(scale).toEqual(["scale-up-needed"]);
  });

  test("v1.2.0, and the spellings of v0.4.0", async () => {
    const { events, scale } = await told("v1-and-v0.4-errors.log");
    expect(events).toEqual([
      "start Update - - -",
      "migrate-failed KmeshSockopsWorkload/km_tcp_probe - - 12",
      "migrate-failed KmeshCgroupSockWorkload/km_backend - - 16",
      "allocation-failed size class - - -",
      "store-failed cluster_name - - -",
      "restore-failed 1600 - -1 -",
      "insert-failed outer_map - -1 -",
      "set-up-failed - - -1 -",
      "set-up-failed 77 - - 13",
    ]);
    expect(scale).toEqual(["allocation-failed"]);
  });

  test("a line of a megabyte takes no longer than its length", async () => {
    const long = `desc.name:${"x".repeat(200_000)} map ${"y ".repeat(200_000)}failed: `;
    const start = performance.now();
    await readOne(`kmesh start with Normal\n${long}\n`);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
