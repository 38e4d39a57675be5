import { describe, expect, test } from "vitest";
import { buildSnapshot } from "../../../src/analyze/build.ts";
import { fixture, readOne, readTexts } from "../read.ts";

test("paths are read, folders are not", async () => {
  const { pinPaths } = await readOne(fixture("bpffs-list/find.txt"), "find.txt");
  expect(pinPaths).toEqual([
    { path: "/sys/fs/bpf/tc/globals/cilium_lb4_services_v2", source: "find.txt line 4" },
    { path: "/sys/fs/bpf/tc/globals/cilium_lb4_source_range", source: "find.txt line 5" },
    { path: "/sys/fs/bpf/tc/globals/cilium_ipcache", source: "find.txt line 6" },
  ]);
});

test("the long form of find is read too", async () => {
  const { pinPaths } = await readOne(fixture("bpffs-list/find-ls.txt"), "find-ls.txt");
  expect(pinPaths.map(({ path }) => path).sort()).toEqual([
    "/sys/fs/bpf/mapscope_find/globals/map_of_cluster_eps",
    "/sys/fs/bpf/mapscope_find/kmesh_manage",
  ]);
});

describe("full names", () => {
  const list = (names: readonly string[], pins: Readonly<Record<string, string>> = {}) =>
    JSON.stringify(
      names.map((name, at) => ({
        id: at + 1,
        type: "hash",
        name,
        flags: 0,
        bytes_key: 4,
        bytes_value: 8 + at,
        max_entries: 16,
        ...(pins[name] !== undefined && { pinned: [pins[name]] }),
      })),
    );
  const families = async (inputs: Record<string, string>) => {
    const { snapshots } = await readTexts(inputs);
    const [snapshot] = snapshots;
    if (!snapshot) throw new Error("no snapshot");
    return buildSnapshot(snapshot, {});
  };

  test("a list of bpffs tells the name that 15 bytes begin, when only one begins so", async () => {
    const { snapshot } = await families({
      "maps.json": list(["cilium_egress_g", "cilium_ipcache"]),
      "find.txt":
        "/sys/fs/bpf/tc/globals/cilium_egress_gw_policy_v4\n/sys/fs/bpf/tc/globals/cilium_ipcache\n",
    });
    const named = snapshot.families.filter((it) => it.fullName !== undefined);
    expect(named).toMatchObject([
      {
        name: "cilium_egress_g",
        fullName: "cilium_egress_gw_policy_v4",
        fullNameFrom: { basis: "inferred", source: expect.stringContaining("find.txt line 1") },
      },
    ]);
  });

  test("a pin that the listing ties to the map is reported, whatever else begins so", async () => {
    const { snapshot, diagnostics } = await families({
      "maps.json": list(["cilium_lb4_serv"], {
        cilium_lb4_serv: "/sys/fs/bpf/tc/globals/cilium_lb4_services_v2",
      }),
      "find.txt":
        "/sys/fs/bpf/tc/globals/cilium_lb4_services\n/sys/fs/bpf/tc/globals/cilium_lb4_services_v2\n",
    });
    expect(snapshot.families).toMatchObject([
      { fullName: "cilium_lb4_services_v2", fullNameFrom: { basis: "reported" } },
    ]);
    expect(diagnostics.filter(({ code }) => code === "ambiguous")).toMatchObject([
      {
        file: "maps.json",
        message:
          "cilium_lb4_serv is what the kernel keeps of several names: cilium_lb4_services, cilium_lb4_services_v2",
      },
    ]);
  });

  test("names that begin alike resolve nothing by themselves, and the collision is said", async () => {
    const { snapshot, diagnostics } = await families({
      "maps.json": list(["cilium_lb4_serv"]),
      "find.txt":
        "/sys/fs/bpf/tc/globals/cilium_lb4_services\n/sys/fs/bpf/tc/globals/cilium_lb4_services_v2\n",
    });
    expect(snapshot.families[0]?.fullName).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toContain("ambiguous");
  });
});
