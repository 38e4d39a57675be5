/** Where findings point to: into the checkout, whatever folder the objects were compiled and audited in. */
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { auditSchema } from "../../src/analyze/audit/schema.ts";
import { ROOT, read, readBytes } from "../support/project-files.ts";
import { runCli } from "../support/run-cli.ts";

const RELEASE = "examples/audit/release-1";
const made = mkdtempSync(join(tmpdir(), "mapscope-places-"));
afterAll(() => rmSync(made, { recursive: true }));

/** A repository with the objects in `bpf/`; they were compiled as `bpf/gateway.bpf.c`, by what BTF says. */
let repository: string;
let count = 0;
beforeEach(() => {
  count += 1;
  repository = join(made, `${count}`);
  mkdirSync(join(repository, "services"), { recursive: true });
  mkdirSync(join(repository, ".git"));
  cpSync(ROOT + RELEASE, join(repository, "bpf"), { recursive: true });
});

/** The places of the budgets of each map, by the map's name. */
async function places(input: string, folder = "") {
  const config = join(made, "config.json");
  writeFileSync(
    config,
    JSON.stringify({ budgets: [{ per: "map", figure: "preallocatedBytes", max: 1 }] }),
  );
  const { stdout } = await runCli(
    ["audit", input, "--config", config, "--format", "json"],
    join(repository, folder),
  );
  const { findings } = auditSchema.parse(JSON.parse(stdout));
  const own = findings.filter((it) => it.rule === "budget-exceeded");
  return Object.fromEntries(
    own.map(({ subject, location }) => {
      if (location === undefined) throw new Error(`${subject.id} is nowhere`);
      const { map, ...place } = location;
      expect(map).toBe(subject.id);
      return [subject.id, place];
    }),
  );
}

const lineOf = (file: string, text: string) =>
  read(`${RELEASE}/${file}`)
    .split("\n")
    .findIndex((line) => line.includes(text)) + 1;

const SESSIONS = { file: "bpf/gateway.h", line: lineOf("gateway.h", "} gw_sessions") };
const BACKENDS = { file: "bpf/gateway.bpf.c", line: lineOf("gateway.bpf.c", "} backends") };
const object = "bpf/gateway.bpf.o";

test("a map is at the line that declares it, in the source or a header of it", async () => {
  const found = await places("bpf/gateway.bpf.o");
  expect(found.gw_sessions).toEqual({ ...SESSIONS, object });
  expect(found.backends).toEqual({ ...BACKENDS, object });
  expect(SESSIONS.line).toBeGreaterThan(20);
});

describe("paths begin at the repository's root", () => {
  test.each([
    ["../bpf/gateway.bpf.o", "services"],
    ["gateway.bpf.o", "bpf"],
    [".", "bpf"],
  ])("%s from %s/", async (input, folder) => {
    expect((await places(input, folder)).gw_sessions).toEqual({ ...SESSIONS, object });
  });

  test("an absolute path too", async () => {
    const found = await places(join(repository, "bpf/gateway.bpf.o"));
    expect(found.backends).toEqual({ ...BACKENDS, object });
  });

  test("but not one outside of the repository", async () => {
    const outside = join(made, "outside.o");
    cpSync(join(repository, "bpf/tracer.bpf.o"), outside);
    const found = await places(outside);
    // Its source, by the path that BTF has, is one of this repository's.
    expect(found.gw_events).toEqual({
      file: "bpf/tracer.bpf.c",
      line: lineOf("tracer.bpf.c", "} gw_events"),
      object: outside,
    });
  });
});

test("objects that were built elsewhere find their source at the end of its path", async () => {
  mkdirSync(join(repository, "build"));
  renameSync(join(repository, "bpf/gateway.bpf.o"), join(repository, "build/gateway.bpf.o"));
  const found = await places("build/gateway.bpf.o");
  expect(found.backends).toEqual({ ...BACKENDS, object: "build/gateway.bpf.o" });
});

test("without the source the place is what BTF says: the first program that uses the map", async () => {
  rmSync(join(repository, "bpf/gateway.bpf.c"));
  const found = await places("bpf/gateway.bpf.o");
  const line = lineOf("gateway.bpf.c", "int gateway_connect");
  expect(found.backends?.file).toBe("bpf/gateway.bpf.c");
  expect(Math.abs((found.backends?.line ?? 0) - line)).toBeLessThanOrEqual(3);
  expect(found.backends?.object).toBe(object);
});

test("a source that includes itself, or a header that is not there, is searched once", async () => {
  const header = join(repository, "bpf/gateway.h");
  writeFileSync(header, `#include "gateway.h"\n#include "gateway.bpf.c"\n#include "none.h"\n`);
  const found = await places("bpf/gateway.bpf.o");
  expect(found.backends).toEqual({ ...BACKENDS, object });
  expect(found.gw_sessions?.file).toBe("bpf/gateway.bpf.c");
});

test("headers outside of the repository are not read", async () => {
  writeFileSync(join(made, "secret.h"), read(`${RELEASE}/gateway.h`));
  writeFileSync(join(repository, "bpf/gateway.h"), `#include "../../secret.h"\n`);
  expect((await places("bpf/gateway.bpf.o")).gw_sessions?.file).toBe("bpf/gateway.bpf.c");
});

test("what SARIF tells of inputs begins at the root too, and so do inputs that are not there", async () => {
  writeFileSync(
    join(repository, "bpf/cut.o"),
    readBytes(`${RELEASE}/gateway.bpf.o`).subarray(0, 600),
  );
  const inputs = ["../bpf/gateway.bpf.o", "../bpf/cut.o", "../bpf/none.o", "../../none.o"];
  const { stdout } = await runCli(
    ["audit", ...inputs, "--format", "sarif"],
    join(repository, "services"),
  );
  const [run] = JSON.parse(stdout).runs;
  const uriOf = (it: { locations: { physicalLocation: { artifactLocation: unknown } }[] }) =>
    it.locations[0]?.physicalLocation.artifactLocation;
  const expected = ["bpf/cut.o", "bpf/none.o", "../../none.o"].map((uri) => ({ uri })).sort(byUri);
  const told = run.invocations[0].toolExecutionNotifications.map(uriOf);
  expect(told.sort(byUri)).toEqual(expected);
  const found = run.results.filter((it: { ruleId: string }) => it.ruleId === "unreadable-input");
  expect(found.map(uriOf).sort(byUri)).toEqual(expected);
});

const byUri = (a: { uri: string }, b: { uri: string }) => (a.uri < b.uri ? -1 : 1);
