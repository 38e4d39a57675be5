/** Which object is which: of one file by several names, of equal files, of a baseline elsewhere. */
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { auditSchema } from "../../src/analyze/audit/schema.ts";
import { ROOT } from "../support/project-files.ts";
import { runCli } from "../support/run-cli.ts";

/** One program of Kmesh in two releases: none of its maps is pinned by name, so each object has its own. */
const SMALL = "fixtures/bpf-object/kmesh-v0.5.0-dual-engine-sendmsg.el.o";
const LARGE = "fixtures/bpf-object/kmesh-head-dual-engine-sendmsg.el.o";
/** Between them, so that the sum of both would hide what it grew by. */
const MIDDLE = "fixtures/bpf-object/kmesh-v0.5.0-dual-engine-cgroup-sock.el.o";
const TRACER = "examples/audit/release-1/tracer.bpf.o";

const made = realpathSync(mkdtempSync(join(tmpdir(), "mapscope-objects-")));
afterAll(() => rmSync(made, { recursive: true }));

type Files = Readonly<Record<string, string>>;

/** A folder of its own; an object is copied, `-> target` is a link. */
function folderOf(name: string, files: Files): string {
  const folder = join(made, name);
  for (const [path, what] of Object.entries(files)) put(join(folder, path), what);
  return folder;
}

function put(path: string, what: string): void {
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  if (what.startsWith("-> ")) symlinkSync(what.slice(3), path);
  else copyFileSync(`${ROOT}${what}`, path);
}

function commit(folder: string): void {
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd: folder });
  git("init", "-q");
  git("add", ".");
  git("commit", "-q", "-m", "one");
}

const GROWTH = { figure: "preallocatedBytes", maxGrowth: 0 };

async function audited(cwd: string, config: object, ...argv: readonly string[]) {
  const file = join(made, "config.json");
  writeFileSync(file, JSON.stringify({ kernels: ["6.1"], fill: ["empty"], ...config }));
  const { stdout } = await runCli(["audit", ...argv, "-c", file, "-f", "json"], cwd);
  return auditSchema.parse(JSON.parse(stdout));
}

type Result = Awaited<ReturnType<typeof audited>>;

const worst = ({ budgets }: Result) =>
  budgets.flatMap(({ name, groups }) =>
    groups.map(({ id, worst: reading }) => [
      groups.length === 1 ? name : id,
      reading?.baseline === undefined ? reading?.value : reading.value - reading.baseline,
    ]),
  );

describe("objects of one name", () => {
  const before = { "old/in/prog.o": LARGE, "old/out/prog.o": SMALL };
  const after = { "new/in/prog.o": LARGE, "new/out/prog.o": MIDDLE };
  const each = { budgets: [{ name: "g", per: "object", ...GROWTH }] };

  test("grow each by itself, as a folder and as files of it", async () => {
    const cwd = folderOf("one-name", { ...before, ...after });
    for (const inputs of [["new"], ["new/out/prog.o", "new/in/prog.o"]]) {
      const result = await audited(cwd, each, ...inputs, "--baseline", "old");
      const grown = Object.fromEntries(worst(result));
      expect(grown["new/in/prog.o"]).toBe(0);
      expect(grown["new/out/prog.o"]).toBeGreaterThan(0);
      expect(result.budgets[0]?.outcome).toBe("missed");
    }
  });

  test("are all there in a revision, whichever folders are given", async () => {
    const cwd = folderOf("one-name-in-git", { "bpf/in/prog.o": SMALL, "bpf/out/prog.o": TRACER });
    commit(cwd);
    for (const inputs of [
      ["bpf"],
      ["bpf/out", "bpf/in"],
      ["bpf/in/prog.o", "bpf/out/prog.o"],
      ["."],
    ]) {
      const result = await audited(cwd, each, ...inputs, "--baseline", "git:HEAD");
      expect(result.changes).toEqual([]);
      expect(worst(result).map(([, grown]) => grown)).toEqual([0, 0]);
    }
  });
});

describe("equal objects", () => {
  test("count once for each file, and that is said", async () => {
    const cwd = folderOf("equal", { "m/dual/a.o": SMALL, "m/native/a.o": SMALL });
    const config = {
      modes: { dual: "m/dual/*", native: "m/native/*" },
      budgets: [
        { name: "all", figure: "preallocatedBytes", max: 1 },
        { name: "native", figure: "preallocatedBytes", object: "m/native/*", max: 1 },
        { name: "each", figure: "preallocatedBytes", per: "mode", max: 1 },
      ],
    };
    const result = await audited(cwd, config, "m");
    const [[, one] = []] = worst(await audited(cwd, config, "m/native"));
    expect(result.counts.objects).toBe(2);
    expect(worst(result)).toEqual([
      ["all", 2 * Number(one)],
      ["native", one],
      ["dual", one],
      ["native", one],
    ]);
    expect(result.findings.filter((it) => it.rule === "unused-glob")).toEqual([]);
    const [told] = result.diagnostics.filter((it) => it.code === "duplicate-input");
    expect(told?.message).toContain("both count");
  });

  test("of which one changed: that change is told, and no other", async () => {
    const legacy = "fixtures/bpf-object/legacy-maps.el.o";
    const cwd = folderOf("equal-before", {
      "old/dual/a.o": legacy,
      "old/native/a.o": legacy,
      "new/dual/a.o": legacy,
      "new/native/a.o": legacy,
    });
    // struct bpf_map_def of `flows`, an lru_hash: type, key_size, value_size, max_entries.
    const [before, after] = [10_000, 10_100].map((it) =>
      Buffer.from(Uint32Array.of(9, 16, 32, it).buffer),
    ) as [Buffer, Buffer];
    const object = readFileSync(join(cwd, "new/native/a.o"));
    after.copy(object, object.indexOf(before));
    writeFileSync(join(cwd, "new/native/a.o"), object);
    const { changes } = await audited(cwd, {}, "new", "--baseline", "old");
    expect(changes.map((it) => [it.name, it.fields, it.to?.origins])).toEqual([
      ["flows", [{ field: "maxEntries", from: 10_000, to: 10_100 }], ["new/native/a.o"]],
    ]);
  });
});

describe("one file by several names", () => {
  const cwd = folderOf("names", { "v1/a.o": SMALL, "link.o": "-> v1/a.o" });
  test.each([
    [
      ["link.o", "v1/a.o"],
      ["v1/*", "link.o"],
    ],
    [
      ["v1/a.o", "link.o"],
      ["v1/*", "link.o"],
    ],
    [
      ["v1/a.o", join(cwd, "v1/a.o")],
      ["v1/*", join(cwd, "v1/*.o")],
    ],
    [
      ["v1", "./v1//a.o"],
      ["v1/*", "a.o"],
    ],
  ])("%j counts once, and each of %j is a name of it", async (inputs, globs) => {
    const modes = Object.fromEntries(globs.map((glob) => [glob, glob]));
    const budgets = globs.map((object) => ({ object, figure: "preallocatedBytes", max: 1 }));
    const result = await audited(cwd, { modes, budgets }, ...inputs);
    expect(result.counts.objects).toBe(1);
    expect(result.budgets.map((it) => it.outcome)).toEqual(["missed", "missed"]);
    expect(result.findings.filter((it) => it.rule === "unused-glob")).toEqual([]);
  });

  test("is waived by any of them", async () => {
    const budgets = [{ name: "b", figure: "preallocatedBytes", max: 1 }];
    const waivers = [{ object: "link.o", reason: "known", until: "2999-01-01" }];
    const result = await audited(cwd, { budgets, waivers }, "link.o", "v1/a.o");
    expect(result.outcome).toBe("met");
  });
});

describe("a growth budget of objects or a mode", () => {
  const budgetsFor = (glob: string) => ({
    modes: { x: glob },
    budgets: [
      { name: "object", object: glob, ...GROWTH },
      { name: "mode", mode: "x", ...GROWTH },
    ],
  });
  const unchanged = [
    ["object", 0],
    ["mode", 0],
  ];

  test("is of the same objects in a baseline that is another folder", async () => {
    const cwd = folderOf("elsewhere", { "bpf/gw.o": SMALL, "bpf/tr.o": TRACER });
    const release = folderOf("release", { "gw.o": SMALL, "tr.o": TRACER });
    for (const inputs of [["bpf/gw.o", "bpf/tr.o"], ["bpf"], ["."]]) {
      const result = await audited(cwd, budgetsFor("bpf/*.o"), ...inputs, "--baseline", release);
      expect(worst(result)).toEqual(unchanged);
    }
  });

  test.each(["sub/bpf/*", "**/bpf/*", "gw.o"])("is of %s in a revision", async (glob) => {
    const cwd = folderOf(`in-git-${glob.length}`, {
      "sub/bpf/gw.o": SMALL,
      "sub/bpf/tr.o": TRACER,
    });
    commit(cwd);
    for (const input of ["sub/bpf", "sub", "."]) {
      const result = await audited(cwd, budgetsFor(glob), input, "--baseline", "git:HEAD");
      expect(worst(result)).toEqual(unchanged);
    }
  });

  test("follows an object that was renamed", async () => {
    const cwd = folderOf("renamed", {
      "old/gw.o": SMALL,
      "old/tr.o": TRACER,
      "new/gate.o": SMALL,
      "new/trace.o": TRACER,
    });
    const config = budgetsFor("new/gate.o");
    expect(worst(await audited(cwd, config, "new", "--baseline", "old"))).toEqual(unchanged);
  });

  test("has what a removed object took in its baseline", async () => {
    const cwd = folderOf("removed", {
      "bpf/gw.o": SMALL,
      "release/gw.o": SMALL,
      "release/tr.o": TRACER,
    });
    const all = worst(await audited(cwd, { budgets: [GROWTH] }, "bpf", "--baseline", "release"));
    const [own] = worst(await audited(cwd, budgetsFor("bpf/*"), "bpf", "--baseline", "release"));
    expect(own?.[1]).toBe(all[0]?.[1]);
    expect(own?.[1]).toBeLessThan(0);
  });
});

describe("a link in a revision", () => {
  const budgets = [{ name: "g", ...GROWTH }];

  test("is read as what it leads to, and is one file with it", async () => {
    const cwd = folderOf("link-in-git", {
      "bpf/gw.o": "-> gw-v2.o",
      "bpf/gw-v2.o": SMALL,
      "bpf/other.o": "-> ../by/way/tr.o",
      "by/real/tr.o": TRACER,
      "by/way": "-> real",
    });
    commit(cwd);
    const paths = ["gw.o", "gw-v2.o", "other.o"].map((it) => `bpf/${it}`);
    for (const inputs of [paths, ["bpf"], ["bpf/gw.o", "bpf/other.o"]]) {
      const result = await audited(cwd, { budgets }, ...inputs, "--baseline", "git:HEAD");
      expect([result.counts.objects, result.outcome, result.changes]).toEqual([2, "met", []]);
      expect(worst(result)).toEqual([["g", 0]]);
    }
  });

  test("that leads to another object now is that object, changed", async () => {
    const cwd = folderOf("link-moved", { "bpf/gw.o": "-> ../v1.o", "v1.o": SMALL });
    commit(cwd);
    put(join(cwd, "v2.o"), LARGE);
    put(join(cwd, "bpf/gw.o"), "-> ../v2.o");
    const each = [{ name: "g", per: "object", ...GROWTH, maxGrowth: "1%" }];
    const result = await audited(cwd, { budgets: each }, "bpf", "--baseline", "git:HEAD");
    expect(result.budgets[0]?.groups[0]?.worst?.baseline).toBeGreaterThan(0);
  });

  test("to what the revision does not have is an input that cannot be read", async () => {
    const cwd = folderOf("link-lost", { "bpf/gw.o": "-> /nowhere/gw.o", "bpf/tr.o": TRACER });
    commit(cwd);
    const result = await audited(cwd, {}, "bpf/tr.o", "bpf/gw.o", "--baseline", "git:HEAD");
    const lost = result.findings.filter((it) => it.rule === "unreadable-input");
    expect(lost.map((it) => it.subject.id).sort()).toEqual(["HEAD:bpf/gw.o", "bpf/gw.o"]);
  });
});

describe("an unreadable input", () => {
  const outcomeWith = async (waiver: object) => {
    const waivers = [{ ...waiver, reason: "known", until: "2999-01-01" }];
    const path = `${ROOT}${SMALL}`;
    return (await audited(made, { waivers }, path, "gone/missing.o")).outcome;
  };

  test.each([{ map: "*" }, { map: "missing.o" }, { map: "m*" }])(
    "is no map: %j does not waive it",
    async (waiver) => expect(await outcomeWith(waiver)).toBe("missed"),
  );
  test.each([{ object: "missing.o" }, { object: "gone/*" }, { rule: "unreadable-input" }])(
    "is waived by %j",
    async (waiver) => expect(await outcomeWith(waiver)).toBe("met"),
  );
});
