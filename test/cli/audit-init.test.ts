/** `mapscope audit --init`: a first config, which what it was made of meets. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditSchema } from "../../src/analyze/audit/schema.ts";
import { runCli } from "../support/run-cli.ts";

const EXAMPLE = "examples/audit";

let made: string;

beforeAll(() => {
  made = mkdtempSync(join(tmpdir(), "mapscope-audit-init-"));
});

afterAll(() => rmSync(made, { recursive: true }));

describe("--init", () => {
  test("writes a config that the same inputs meet, at every point, and never over another", async () => {
    const file = join(made, "fresh.json");
    const init = ["audit", "--init", "--config", file, `${EXAMPLE}/release-2`];
    const first = await runCli(init);
    expect(first).toMatchObject({ status: 0, stderr: "" });
    const check = await runCli(["audit", "--config", file, `${EXAMPLE}/release-2`, "-f", "json"]);
    const result = auditSchema.parse(JSON.parse(check.stdout));
    expect(check.status).toBe(0);
    expect(result.findings).toEqual([]);
    for (const { groups } of result.budgets) {
      for (const { worst } of groups) {
        const share = (worst?.limit ?? 0) / (worst?.value ?? 1);
        expect(share).toBeGreaterThanOrEqual(1.25);
        expect(share).toBeLessThan(1.6);
      }
    }
    expect(await runCli(init)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("is there already"),
    });
  });

  test("of a list without kernel and CPUs budgets what definitions cost, and names what is not known", async () => {
    const list = join(made, "list.json");
    const row = (name: string, type: string) => ({
      ...{ id: name.length, type, name, bytes_key: 4, bytes_value: 8 },
      ...{ max_entries: type === "hash" ? 100_000 : 0, bytes_memlock: 1_600_000 },
      flags: type === "hash" ? 0 : 1,
    });
    writeFileSync(list, JSON.stringify([row("a", "hash"), row("bb", "sk_storage")]));
    const file = join(made, "of-a-list.json");
    const { stdout } = await runCli(["audit", "--init", "--config", file, list]);
    expect(stdout).toMatch(/: 4 budgets; .*; 4 figures that are not known are named in it\n$/);
    const text = readFileSync(file, "utf8");
    expect(text).toContain("//   a, preallocated, as it was found: ");
    expect(text).toContain("//   bb, when full: max_entries does not limit a sk_storage\n");
    const { status, stdout: checked } = await runCli([
      "audit",
      list,
      "--config",
      file,
      "-f",
      "json",
    ]);
    const { budgets } = auditSchema.parse(JSON.parse(checked));
    expect(status).toBe(0);
    expect(budgets.map((it) => it.outcome)).toEqual(budgets.map(() => "met"));
  });

  test("of inputs that could not all be read is written, and is no success", async () => {
    const bad = join(made, "bad.o");
    writeFileSync(bad, "no object");
    const file = join(made, "of-the-rest.json");
    const init = ["audit", "--init", "--config", file, `${EXAMPLE}/release-2`, bad];
    const { status, stdout, stderr } = await runCli(init);
    expect(stdout).toContain(`wrote ${file}: `);
    expect(stderr).toContain("bad.o, byte 0: ");
    expect(stderr).toContain("of-the-rest.json holds what could be read");
    expect(status).toBe(1);
  });
});
