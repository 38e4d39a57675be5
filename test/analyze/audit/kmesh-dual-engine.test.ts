/**
 * Kmesh v0.5.0 to the head of main, dual-engine mode, from objects written after both. Sums are those of all maps of the
 * mode (25 and 37, without the version map of 4,096 bytes that the daemon makes), by the product of 5.11 to 6.3; both sets
 * were made on 6.18 too.
 */
import { beforeAll, describe, expect, test } from "vitest";
import type { Audit } from "../../../src/analyze/audit/schema.ts";
import { auditReleases, memlockAt, whatBecame } from "./kmesh-releases.ts";

const OBJECTS = ["cgroup-sock.el.o", "sendmsg.el.o", "sockops.el.o", "xdp-auth.el.o"];
const VERSION_MAP = 4096;

let result: Audit;

beforeAll(async () => {
  result = await auditReleases({
    before: Object.fromEntries(OBJECTS.map((it) => [it, `kmesh-v0.5.0-dual-engine-${it}`])),
    after: [...OBJECTS, "cgroup-skb.el.o"].map((it) => `kmesh-head-dual-engine-${it}`),
    possibleCpus: [2, 8, 128],
    // Pinned by the daemon; variables are each object's own.
    shared: ["!(.*)"],
  });
});

test("what became of each map", () => {
  expect(whatBecame(result)).toEqual({
    "(new) kmesh_map64": "kmesh_map64",
    "(new) kmesh_map192": "kmesh_map192",
    "(new) kmesh_map296": "kmesh_map296",
    "(new) kmesh_map1600": "kmesh_map1600",
    "(new) km_tcargs": "km_tcargs",
    "(new) km_perf_map": "km_perf_map",
    "(new) km_tcp_probe": "km_tcp_probe",
    "(new) km_auth_req": "km_auth_req",
    "(new) km_cgr_tail6": "km_cgr_tail6",
    "(new) km_cgr_tailcall": "km_cgr_tailcall",
    "(new) km_xdp_tailcall": "km_xdp_tailcall",
    // Its key has grown from 8 to 12 bytes; the rest is as it was.
    kmesh_endpoint: "km_endpoint",
    outer_map: "(gone)",
    inner_map: "(gone)",
    map_of_dst_info: "(gone)",
    map_of_tuple: "(gone)",
    map_of_tail_call_prog: "(gone)",
    bpf_log_level: "(gone)",
    tmp_log_buf: "(gone)",
    kmesh_service: "km_service",
    kmesh_backend: "km_backend",
    kmesh_frontend: "km_frontend",
    kmesh_events: "km_log_event",
    kmesh_manage: "km_manage",
    map_of_auth: "km_auth_res",
    map_of_authz: "km_authz_policy",
    map_of_kmesh_socket: "km_socket",
    map_of_sock_storage: "km_sockstorage",
    map_of_tcp_info: "km_perf_info",
    map_of_wl_policy: "km_wlpolicy",
    tmp_buf: "km_tmpbuf",
  });
});

describe("in all it reports, empty,", () => {
  test("on 6.1 what the maps of each release add up to", () => {
    expect(memlockAt(result, "6.1", 8)).toMatchObject({
      baseline: 23_293_952 - VERSION_MAP,
      value: 2_212_970_496 - VERSION_MAP,
    });
  });

  // tmp_buf has 40 and tmp_log_buf 264 bytes for each CPU; both are rounded up to pages.
  test("more with 128 CPUs, by the buffers that each CPU has", () => {
    const more = 8192 - 4096 + (36_864 - 4096);
    expect(memlockAt(result, "6.1", 128)?.baseline).toBe(23_293_952 - VERSION_MAP + more);
  });

  test("on 6.18 about what was measured there: 15.7 and 78.7 million bytes", () => {
    const { baseline = 0, value = 0 } = memlockAt(result, "6.18", 8) ?? {};
    expect(Math.round(baseline / 100_000)).toBe(157);
    expect(Math.abs(value - 78_700_000)).toBeLessThan(100_000);
  });
});

const costOf = (name: string, kernel: string, cpus: number, fill: "empty" | "full") =>
  result.changes
    .find((it) => it.name === name)
    ?.costs.find(
      ({ point: it }) => it.kernel === kernel && it.possibleCpus === cpus && it.fill === fill,
    )?.figures;

describe("what each reports on 6.1, whatever it holds", () => {
  // The product of 5.11 to 6.3, worked out for each map by hand.
  test.each([
    ["kmesh_map64", 0, 72_003_584],
    ["kmesh_map192", 0, 200_003_584],
    ["kmesh_map296", 0, 304_001_024],
    ["kmesh_map1600", 0, 1_608_003_584],
    ["km_tcargs", 0, 8_003_584],
    ["km_perf_map", 0, 6_291_456],
    ["km_tcp_probe", 0, 0],
    ["km_auth_req", 0, 0],
    ["km_cgr_tail6", 0, 4096],
    ["km_cgr_tailcall", 0, 4096],
    ["km_xdp_tailcall", 0, 4096],
    ["map_of_tail_call_prog", 4096, 0],
    ["outer_map", 8_388_608, 0],
    ["inner_map", 4096, 0],
    ["map_of_dst_info", 393_216, 0],
    ["map_of_tuple", 0, 0],
    ["bpf_log_level", 4096, 0],
    ["km_frontend", 2_523_136, 2_523_136],
    ["km_service", 561_152, 684_032],
    ["km_endpoint", 1_683_456, 1_683_456],
    ["km_backend", 8_802_304, 8_802_304],
    ["km_auth_res", 327_680, 327_680],
    ["km_authz_policy", 36_864, 36_864],
    ["km_wlpolicy", 12_288, 12_288],
    ["km_manage", 196_608, 196_608],
    ["km_socket", 327_680, 327_680],
    ["km_sockstorage", 0, 0],
    ["km_log_event", 0, 0],
    ["km_perf_info", 0, 0],
  ])("%s", (name, from, to) => {
    const figure = { from, to, delta: to - from };
    expect(costOf(name, "6.1", 8, "empty")?.memlockBytes).toEqual(figure);
    expect(costOf(name, "6.1", 128, "empty")?.memlockBytes).toEqual(figure);
  });

  test("tmp_log_buf and tmp_buf, which each CPU has a copy of", () => {
    expect(costOf("tmp_log_buf", "6.1", 8, "empty")?.memlockBytes?.from).toBe(4096);
    expect(costOf("tmp_log_buf", "6.1", 128, "empty")?.memlockBytes?.from).toBe(36_864);
    expect(costOf("km_tmpbuf", "6.1", 128, "empty")?.memlockBytes?.to).toBe(8192);
  });
});

describe("on 6.18 with 2 CPUs, as measured there", () => {
  test.each([
    ["km_endpoint", 2_098_048, 2_098_048],
    ["km_backend", 2_098_048, 2_098_048],
    ["kmesh_map1600", 0, 16_778_112],
    ["kmesh_map296", 0, 16_778_112],
    ["kmesh_map192", 0, 16_778_112],
    ["kmesh_map64", 0, 16_778_112],
    ["outer_map", 8_388_920, 0],
    ["inner_map", 1616, 0],
    ["km_log_event", 275_784, 275_784],
  ])("%s reports, empty", (name, from, to) => {
    expect(costOf(name, "6.18", 2, "empty")?.memlockBytes).toEqual({ from, to, delta: to - from });
  });

  // By entry: what bytes_memlock counts.
  test.each([
    ["kmesh_map64", 1_000_000, 128],
    ["kmesh_map192", 1_000_000, 256],
    ["kmesh_map296", 1_000_000, 360],
    ["kmesh_map1600", 1_000_000, 1664],
    ["km_backend", 100_000, 144],
    ["km_frontend", 105_000, 80],
    ["km_endpoint", 105_000, 80],
    ["km_service", 5000, 200],
  ])("%s reports for each entry, full", (name, entries, counted) => {
    const [empty, full] = (["empty", "full"] as const).map(
      (fill) => costOf(name, "6.18", 2, fill)?.memlockBytes?.to,
    );
    expect((full ?? 0) - (empty ?? 0)).toBe(entries * counted);
  });

  // By entry: the object of a slab that it takes, in whole slabs, on this side of a hundredth more.
  test.each([
    ["kmesh_map64", 1_000_000, 128],
    ["kmesh_map296", 1_000_000, 512],
    ["kmesh_map1600", 1_000_000, 2048],
    ["km_backend", 100_000, 192],
    ["km_frontend", 105_000, 96],
    ["km_endpoint", 105_000, 96],
    ["km_service", 5000, 256],
  ])("%s takes for each entry, full", (name, entries, slab) => {
    const [empty, full] = (["empty", "full"] as const).map(
      (fill) => costOf(name, "6.18", 2, fill)?.residentBytes?.to,
    );
    const each = ((full ?? 0) - (empty ?? 0)) / entries;
    expect(each).toBeGreaterThan(slab);
    expect(each).toBeLessThan(slab + 9);
  });
});

test("every kernel and CPU count has every figure of every change", () => {
  for (const { name, costs } of result.changes) {
    expect(costs, name).toHaveLength(24);
    for (const { point, figures, unknown } of costs) {
      if (point.fill === "full" && unknown !== undefined) continue;
      expect(figures.preallocatedBytes?.delta, `${name} on ${point.kernel}`).toBeTypeOf("number");
    }
  }
});

test("members that a value has more are told with the map", () => {
  const texts = Object.fromEntries(result.changes.map((it) => [it.name, it.message]));
  expect(texts.km_service).toContain("value size 108 to 132");
  expect(texts.km_endpoint).toContain(
    "kmesh_endpoint seems to be km_endpoint now with key size 8 to 12",
  );
  expect(texts.km_sockstorage).toContain("value size 16 to 64");
});
