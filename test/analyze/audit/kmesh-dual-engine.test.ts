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
    possibleCpus: [8, 128],
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
    // Its key has grown from 8 to 12 bytes: nothing of its shape tells that it is the same.
    kmesh_endpoint: "(gone)",
    "(new) km_endpoint": "km_endpoint",
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

test("every kernel and CPU count has every figure of every change", () => {
  for (const { name, costs } of result.changes) {
    expect(costs, name).toHaveLength(16);
    for (const { point, figures, unknown } of costs) {
      if (point.fill === "full" && unknown !== undefined) continue;
      expect(figures.preallocatedBytes?.delta, `${name} on ${point.kernel}`).toBeTypeOf("number");
    }
  }
});

test("members that a value has more are told with the map", () => {
  const texts = Object.fromEntries(result.changes.map((it) => [it.name, it.message]));
  expect(texts.km_service).toContain("value size 108 to 132");
  expect(texts.km_sockstorage).toContain("value size 16 to 64");
});
