/** What every command has: examples that work, and the nearest word for one that is not known. */
import { describe, expect, test } from "vitest";
import { runCli } from "../support/run-cli.ts";

const { stdout: overview } = await runCli(["--help"]);
const commands = [...overview.matchAll(/^ {2}([a-z]+) (?=.*\[)/gm)]
  .map((match) => match[1] as string)
  .filter((name) => name !== "help");

test("there are commands", () => {
  expect(commands).toEqual(expect.arrayContaining(["analyze", "audit", "schema"]));
});

describe.each(commands)("%s", (name) => {
  test("--help has examples of it, within 80 columns, and what its status says", async () => {
    const { status, stdout, stderr } = await runCli([name, "--help"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const examples = /\nExamples:\n((?: {2}.*\n)+)/.exec(stdout)?.[1] ?? "";
    expect(examples.match(new RegExp(`mapscope ${name}\\b`, "g"))?.length).toBeGreaterThan(1);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toMatch(/\nExit status: 0 (done|within budget|stopped)/);
  });

  test("options in its examples are options that it has", async () => {
    const { stdout } = await runCli([name, "--help"]);
    const [usage = "", examples = ""] = stdout.split("\nExamples:");
    const own = examples
      .replaceAll("\\\n", " ")
      .split("\n")
      .filter((line) => line.includes(`mapscope ${name}`));
    const used = own.flatMap((line) => line.match(/(?<= )--[a-z-]+/g) ?? []);
    expect(used.filter((option) => !new RegExp(`${option}\\b`).test(usage))).toEqual([]);
  });

  test("is named when it is misspelt, and so is an option of it", async () => {
    const swapped = `${name[1]}${name[0]}${name.slice(2)}`;
    const { status, stderr } = await runCli([swapped]);
    expect(stderr).toMatch(`unknown command '${swapped}'`);
    expect(stderr).toMatch(`Did you mean ${name}?`);
    expect(status).toBe(2);
    const wrong = await runCli([name, "--hlep"]);
    expect(wrong.stderr).toMatch(/unknown option '--hlep'\n\(Did you mean (?:one of )?.*--help/);
    expect(wrong.status).toBe(2);
  });
});
