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

/** Pins that were made on a kernel, listed by coreutils 9.1 and tree 2.1.0. */
describe("ls and tree", () => {
  const PINS = [
    "/sys/fs/bpf/mapscope_list/globals/cilium_egress_gw_policy_v4",
    "/sys/fs/bpf/mapscope_list/globals/map_of_cluster_eps",
    "/sys/fs/bpf/mapscope_list/kmesh_manage",
  ];
  const text = (file: string) => new TextDecoder().decode(fixture(`bpffs-list/${file}`));

  test.each(["ls-l-recursive.txt", "tree.txt"])(
    "%s: names are put below their folders",
    async (file) => {
      const { pinPaths, sources } = await readOne(text(file));
      expect(pinPaths.map(({ path }) => path).sort()).toEqual(PINS);
      expect(sources[0]?.diagnostics).toEqual([]);
    },
  );

  test("ls of one folder says it in the command alone", async () => {
    const rows = text("ls-l-recursive.txt").split("\n").slice(6).join("\n");
    const report = `Pins:\n\n\`\`\`\n[root@node ~]# ls -l /sys/fs/bpf/mapscope_list/globals\n${rows}\`\`\`\n`;
    const { pinPaths } = await readOne(report);
    expect(pinPaths.map(({ path }) => path)).toEqual(PINS.slice(0, 2));
  });
});

describe("lines that are cut are told with their place", () => {
  test.each([
    ["find.txt", 3, "/sys/fs/b"],
    ["find-ls.txt", 3, "   220822      0 drwx"],
    ["find-ls.txt", 2, "   220823      0 -rw-------   1 root     root            0 Nov 24 02:37"],
    ["ls-l-recursive.txt", 8, "-rw----"],
    ["tree.txt", 3, "│   ├"],
  ])("%s line %i: %s", async (file, line, cut) => {
    const lines = new TextDecoder().decode(fixture(`bpffs-list/${file}`)).split("\n");
    const whole = await readOne(lines.join("\n"));
    const { pinPaths, sources } = await readOne(lines.with(line - 1, cut).join("\n"));
    expect(pinPaths.length).toBeLessThanOrEqual(whole.pinPaths.length + 1);
    expect(sources[0]?.diagnostics).toContainEqual(
      expect.objectContaining({ level: "data-loss", code: "skipped-record", path: `line ${line}` }),
    );
  });

  test("a file that ends inside a path gives no wrong name", async () => {
    const { pinPaths, sources } = await readOne(fixture("bpffs-list/find.txt").slice(0, -5));
    expect(pinPaths.map(({ path }) => path.split("/").at(-1))).not.toContain("cilium_ipc");
    expect(sources[0]?.diagnostics).toMatchObject([
      { level: "data-loss", code: "truncated", path: "line 6" },
    ]);
  });

  test("tree says how many entries there are", async () => {
    const lines = new TextDecoder().decode(fixture("bpffs-list/tree.txt")).split("\n");
    const { sources } = await readOne(lines.toSpliced(3, 1).join("\n"));
    expect(sources[0]?.diagnostics.map((it) => it.message)).toEqual([
      "tree counts 5 entries, of which 3 can be read",
    ]);
  });

  test("what find may not enter is told", async () => {
    const { sources } = await readOne("/sys/fs/bpf\nfind: '/sys/fs/bpf/tc': Permission denied\n");
    expect(sources[0]?.diagnostics).toMatchObject([{ level: "warning", code: "tool-error" }]);
  });
});

describe("rows of ls", () => {
  const read = async (...rows: readonly string[]) => {
    const text = `/sys/fs/bpf:\ntotal 0\n${rows.join("\n")}\n`;
    const { snapshots, diagnostics } = await readTexts({ "ls.txt": text });
    return {
      pins: snapshots.flatMap(({ pinPaths }) => pinPaths.map(({ path }) => path)),
      told: diagnostics.map(({ level, path }) => [level, path]),
    };
  };

  test.each([
    ["its own time", "-rw------- 1 root root 0 Dec  1 05:08 a_map"],
    ["the year of an old one", "-rw------- 1 root root 0 Dec  1  2025 a_map"],
    ["--time-style=full-iso", "-rw------- 1 root root 0 2026-12-01 05:08:01.487920659 +0000 a_map"],
    ["--time-style=long-iso", "-rw------- 1 root root 0 2026-12-01 05:08 a_map"],
    ["--time-style=iso", "-rw------- 1 root root 0 12-01 05:08 a_map"],
    ["-n", "-rw------- 1 0 0 0 Dec  1 05:08 a_map"],
    ["-g", "-rw------- 1 root 0 Dec  1 05:08 a_map"],
    ["Chinese months", "-rw------- 1 root root 0 12\u6708  1 05:08 a_map"],
  ])("with %s", async (_what, row) => {
    expect(await read(row)).toEqual({ pins: ["/sys/fs/bpf/a_map"], told: [] });
  });

  test.each([
    "-rw------- 1 root root 0 Dec  1 05:",
    "-rw------- 1 root root 0 Dec",
    "-rw------- 1 root root 0",
    "-rw------- 1 root ro",
  ])("%s: what is cut is told, and no pin", async (row) => {
    expect(await read("-rw------- 1 root root 0 Dec  1 05:08 a_map", row)).toEqual({
      pins: ["/sys/fs/bpf/a_map"],
      told: [["data-loss", "line 4"]],
    });
  });
});
