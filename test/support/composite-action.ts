/** A composite action as a runner of GitHub's plays it: each step's script in its own bash, inputs put in as text. */
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, read } from "./project-files.ts";

interface Step {
  readonly name: string;
  readonly run: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The part of YAML that action.yml is written in: enough to run it, and loud about the rest. */
export function stepsOf(file: string): Step[] {
  const [, steps = ""] = read(file).split(/^ {2}steps:\n/m);
  return steps
    .split(/^ {4}- /m)
    .slice(1)
    .map((text) => {
      const name = /^(?: {6})?name: (.+)$/m.exec(text)?.[1];
      const shell = /^ {6}shell: (.+)$/m.exec(text)?.[1];
      const block = /^ {6}run: \|\n((?: {8}.*\n|\n)+)/m.exec(text)?.[1]?.replace(/^ {8}/gm, "");
      const run = block ?? /^ {6}run: ([^|].*)$/m.exec(text)?.[1];
      const env = /^ {6}env:\n((?: {8}.*\n)+)/m.exec(text)?.[1] ?? "";
      if (name === undefined || run === undefined || shell !== "bash")
        throw new Error(`${file}: a step that this cannot run:\n${text}`);
      const pairs = [...env.matchAll(/^ {8}(\w+): (.*)$/gm)].map(([, key, value]) => [key, value]);
      return { name, run, env: Object.fromEntries(pairs) };
    });
}

/** Inputs with their defaults. */
export function inputsOf(file: string): Record<string, string> {
  const [, inputs = ""] = read(file).split(/^inputs:\n/m);
  const own = inputs.split(/^\w/m)[0] ?? "";
  const found = [...own.matchAll(/^ {2}([\w-]+):\n((?: {4}.*\n)+)/gm)];
  return Object.fromEntries(
    found.map(([, name = "", rest = ""]) => [
      name,
      /^ {4}default: (.*)$/m.exec(rest)?.[1]?.replace(/^"(.*)"$/, "$1") ?? "",
    ]),
  );
}

export interface Runner {
  /** `RUNNER_TEMP`, kept for the whole job. */
  readonly temp: string;
  readonly workspace: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface StepRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: string;
  readonly summary: string;
}

let runs = 0;

/** @throws for an expression that is no input. */
export function runStep(step: Step, inputs: Record<string, string>, runner: Runner): StepRun {
  runs += 1;
  const files = join(runner.temp, `_files-${runs}`);
  mkdirSync(files);
  const file = (name: string) => {
    appendFileSync(join(files, name), "");
    return join(files, name);
  };
  const filled = (text: string) =>
    text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
      const value = inputs[expression.replace(/^inputs\./, "")];
      if (value === undefined) throw new Error(`no such input: ${expression}`);
      return value;
    });
  const script = file("script.sh");
  writeFileSync(script, filled(step.run));
  const env = {
    ...runner.env,
    RUNNER_TEMP: runner.temp,
    GITHUB_ACTIONS: "true",
    GITHUB_ACTION_PATH: ROOT,
    GITHUB_WORKSPACE: runner.workspace,
    GITHUB_OUTPUT: file("output"),
    GITHUB_STEP_SUMMARY: file("summary"),
    ...Object.fromEntries(Object.entries(step.env).map(([key, text]) => [key, filled(text)])),
  };
  // What `shell: bash` stands for there.
  const { status, stdout, stderr } = spawnSync(
    "bash",
    ["--noprofile", "--norc", "-eo", "pipefail", script],
    { cwd: runner.workspace, env, encoding: "utf8" },
  );
  const outputs = readFileSync(env.GITHUB_OUTPUT, "utf8");
  return {
    status,
    stdout,
    stderr,
    outputs,
    summary: readFileSync(env.GITHUB_STEP_SUMMARY, "utf8"),
  };
}
