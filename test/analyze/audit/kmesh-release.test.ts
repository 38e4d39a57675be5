/**
 * Kmesh v0.5.0 to the head of main, kernel-native mode, from objects written after both: what became of each map.
 * The figures are what kernels report for these definitions: by the product of 5.11 to 6.3, and measured on 6.18
 * with 2 CPUs; the sum of a node is that of the public issue 945 (288,006,144 bytes on two nodes).
 */
import { beforeAll, describe, expect, test } from "vitest";
import type { Audit } from "../../../src/analyze/audit/schema.ts";
import { auditReleases, memlockAt, whatBecame } from "./kmesh-releases.ts";

const OBJECTS = ["cgroup-sock.el.o", "sockops.el.o"];

let result: Audit;

beforeAll(async () => {
  result = await auditReleases({
    before: Object.fromEntries(OBJECTS.map((it) => [it, `kmesh-v0.5.0-${it}`])),
    after: OBJECTS.map((it) => `kmesh-head-kernel-native-${it}`),
    possibleCpus: [2, 8, 128],
    // Every object has its own tail calls; the rest is pinned by the daemon.
    shared: ["!(kmesh_tail_call*|km_cgrptailcall|km_tailcall_ctx)"],
  });
});

const memlock = (name: string, kernel: string, cpus: number) =>
  result.changes
    .find((it) => it.name === name)
    ?.costs.find(
      ({ point }) =>
        point.kernel === kernel && point.possibleCpus === cpus && point.fill === "empty",
    )?.figures.memlockBytes;

test("what became of each map", () => {
  expect(whatBecame(result)).toEqual({
    "(new) kmesh_map64": "kmesh_map64",
    "(new) kmesh_map192": "kmesh_map192",
    "(new) kmesh_map296": "kmesh_map296",
    "(new) kmesh_map1600": "kmesh_map1600",
    "(new) km_cluster_sock": "km_cluster_sock",
    "(new) km_clusterstats": "km_clusterstats",
    "(new) km_maglev_outer": "km_maglev_outer",
    bpf_log_level: "(gone)",
    inner_map: "(gone)",
    outer_map: "(gone)",
    tmp_log_buf: "(gone)",
    kmesh_cluster: "km_cluster",
    kmesh_events: "km_log_event",
    kmesh_listener: "km_listener",
    kmesh_manage: "km_manage",
    kmesh_tail_call_ctx: "km_tailcall_ctx",
    kmesh_tail_call_prog: "km_cgrptailcall",
    map_of_cluster_eps: "km_cluster_eps",
    map_of_cluster_eps_data: "km_eps_data",
    map_of_router_config: "km_routerconfig",
    map_of_sock_storage: "km_sockstorage",
    tmp_buf: "km_tmpbuf",
  });
});

describe("what each reports, empty", () => {
  test.each([
    ["kmesh_map1600", 0, 1_608_003_584, 0, 16_778_112],
    ["kmesh_map296", 0, 304_001_024, 0, 16_778_112],
    ["kmesh_map192", 0, 200_003_584, 0, 16_778_112],
    ["kmesh_map64", 0, 72_003_584, 0, 16_778_112],
    ["km_cluster_eps", 126_877_696, 126_877_696, 2_098_048, 2_098_048],
    ["km_cluster", 4_194_304, 4_325_376, 263_040, 263_040],
    ["outer_map", 8_388_608, 0, 8_388_920, 0],
    ["km_listener", 106_496, 851_968, undefined, undefined],
    ["km_manage", 196_608, 196_608, undefined, undefined],
    ["km_log_event", 0, 0, 275_784, 275_784],
  ])("%s", (name, from61, to61, from618, to618) => {
    for (const cpus of [8, 128]) {
      expect(memlock(name, "6.1", cpus)).toMatchObject({ from: from61, to: to61 });
    }
    if (from618 !== undefined) {
      expect(memlock(name, "6.18", 2)).toMatchObject({ from: from618, to: to618 });
    }
  });
});

describe("in all, but for the version map of 4,096 bytes that the daemon makes,", () => {
  test("v0.5.0 adds up to what one node of issue 945 reported", () => {
    expect(memlockAt(result, "6.1", 8)?.baseline).toBe(288_006_144 / 2 - 4096);
  });

  // The sum of max_entries x (key + value), in pages, over the 23 maps that the objects of that mode share.
  test("the head of main reports 2.3 GB before it holds anything", () => {
    expect(memlockAt(result, "6.1", 8)?.value).toBe(2_323_972_096 - 4096);
  });
});

test("every kernel and CPU count has every figure of every change", () => {
  for (const { name, costs } of result.changes) {
    expect(costs.map((it) => `${it.point.kernel} ${it.point.possibleCpus}`)).toHaveLength(24);
    for (const { point, figures, unknown } of costs) {
      // What nothing limits has no figure when full, nor has a map of maps that the daemon makes, and says why.
      if (point.fill === "full" && unknown !== undefined) continue;
      expect([name, unknown]).toEqual([
        name,
        name.includes("sock") || name === "outer_map" ? expect.anything() : undefined,
      ]);
      expect(figures.preallocatedBytes?.delta).toBeTypeOf("number");
    }
  }
});
