/** `audit --baseline`: a folder, a revision of a repository, a saved analysis; and what is none. */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { auditSchema } from "../../src/analyze/audit/schema.ts";
import { ROOT } from "../support/project-files.ts";
import { runCli } from "../support/run-cli.ts";

const EXAMPLE = "examples/audit";
const OBJECT = `${EXAMPLE}/release-1/gateway.bpf.o`;
const CONFIG = `${EXAMPLE}/mapscope.config.json`;

const made = mkdtempSync(join(tmpdir(), "mapscope-baseline-"));
afterAll(() => rmSync(made, { recursive: true }));

describe("a baseline", () => {
  const json = async (...argv: readonly string[]) => {
    const { stdout } = await runCli(["audit", "--config", CONFIG, "-f", "json", ...argv]);
    return auditSchema.parse(JSON.parse(stdout));
  };

  test("an analysis of objects alone is none: with it every map would seem to be new", async () => {
    const saved = join(made, "objects.json");
    await runCli(["analyze", OBJECT, "--format", "json", "--output", saved]);
    const { status, stderr } = await runCli(["audit", OBJECT, "--baseline", saved]);
    expect(stderr).toContain("the analysis in it has no map of a host");
    expect(stderr).toContain("a folder of objects");
    expect(status).toBe(2);
  });

  test("is a folder of objects or a git revision, to the same end", async () => {
    const repository = join(made, "repository");
    mkdirSync(join(repository, "objects"), { recursive: true });
    const put = (release: string) => {
      for (const name of ["gateway.bpf.o", "tracer.bpf.o"]) {
        copyFileSync(`${ROOT}${EXAMPLE}/${release}/${name}`, join(repository, "objects", name));
      }
    };
    const git = (...args: readonly string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], {
        cwd: repository,
      });
    git("init", "-q");
    put("release-1");
    git("add", ".");
    git("commit", "-q", "-m", "one");
    put("release-2");
    const folder = await json(`${EXAMPLE}/release-2`, "--baseline", `${EXAMPLE}/release-1`);
    const objects = join(repository, "objects");
    const revision = await json(objects, "--baseline", "git:HEAD");
    expect(revision.changes.map((it) => it.message)).toEqual(
      folder.changes.map((it) => it.message),
    );
    expect(folder.changes.length).toBe(4);
    const single = await json(join(objects, "gateway.bpf.o"), "--baseline", "git:HEAD");
    expect(single.changes.length).toBe(4);
  });

  test("in a git revision knows objects that went since, where all that are there now are given", async () => {
    const repository = join(made, "renamed");
    mkdirSync(repository);
    const git = (...args: readonly string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], {
        cwd: repository,
      });
    for (const name of ["gateway.bpf.o", "tracer.bpf.o", "gateway.bpf.c"]) {
      copyFileSync(`${ROOT}${EXAMPLE}/release-1/${name}`, join(repository, name));
    }
    git("init", "-q");
    git("add", ".");
    git("commit", "-q", "-m", "one");
    git("mv", "gateway.bpf.o", "gw.bpf.o");
    const changes = async (...names: readonly string[]) => {
      const paths = names.map((it) => join(repository, it));
      const { changes: all } = await json(...paths, "--baseline", "git:HEAD");
      return all.map((it) => `${it.change} ${it.name}`).sort();
    };
    expect(await changes("gw.bpf.o", "tracer.bpf.o")).toEqual([]);
    expect(await changes("tracer.bpf.o")).toEqual([]);
    git("rm", "-q", "tracer.bpf.o");
    expect(await changes("gw.bpf.o")).toEqual(["removed gw_events"]);
  });

  test.each(["--upload-pack=x", "no-such-revision", ""])("git:%s is refused", async (revision) => {
    const { status, stderr } = await runCli(["audit", OBJECT, "--baseline", `git:${revision}`]);
    expect(stderr).toMatch(/--baseline git:/);
    expect(status).toBe(2);
  });

  test("is a saved analysis: its maps by the 15 bytes that a kernel shows", async () => {
    const saved = join(made, "saved.json");
    const capture = "fixtures/capture-6.18/before/map-show.json";
    const kmesh = ["cgroup-sock", "sockops"].map(
      (it) => `fixtures/bpf-object/kmesh-v0.5.0-${it}.el.o`,
    );
    await runCli(["analyze", capture, ...kmesh, "-f", "json", "-o", saved]);
    const result = await json(...kmesh, "--baseline", saved);
    const names = result.changes.filter((it) => it.change === "changed").map((it) => it.name);
    // The objects were loaded for that capture as they are; what is not in them is of the scenario.
    expect(names.filter((it) => !it.startsWith("."))).toEqual([]);
  });
});
