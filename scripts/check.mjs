/**
 * `npm run check`: all of CI on one machine. Prints each step with its time, its output only when
 * it fails. A step whose tool is missing is skipped with the reason; with `CI=true` that fails.
 * `npm run check -- types tests` runs only the steps whose names begin so, `npm run check -- --except tests` all others.
 */
import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { findToolchain } from "../wasm/build/toolchain.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const inCi = process.env.CI === "true";
const bin = (name) => join(root, "node_modules/.bin", name);
const rust = {
  cwd: join(root, "wasm"),
  missing: () => (isInstalled("cargo") ? undefined : "cargo is not installed"),
};

const STEPS = [
  {
    name: "format and lint (biome)",
    run: [bin("biome"), "ci", "--colors=off", "--error-on-warnings", "."],
  },
  { name: "types: library", run: [bin("tsc"), "-p", "tsconfig.json"] },
  { name: "types: command line", run: [bin("tsc"), "--noEmit", "-p", "src/cli"] },
  { name: "types: browser", run: [bin("tsc"), "--noEmit", "-p", "src/viewer"] },
  { name: "types: tests", run: [bin("tsc"), "--noEmit", "-p", "test"] },
  { name: "types: browser tests", run: [bin("tsc"), "--noEmit", "-p", "test/browser"] },
  { name: "unused code (knip)", run: [bin("knip")] },
  { name: "build", run: ["node", "scripts/build.mjs"] },
  { name: "package (publint)", run: [bin("publint"), "--strict"] },
  {
    name: "component from source",
    run: ["node", "wasm/build.mjs", "--check"],
    missing: () => whyNot(() => findToolchain(join(root, "wasm"))),
  },
  { name: "rust: format", run: ["cargo", "fmt", "--all", "--check"], ...rust },
  {
    name: "rust: lint (clippy)",
    run: ["cargo", "clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"],
    ...rust,
  },
  { name: "rust: tests", run: ["cargo", "test", "--workspace", "--locked", "--quiet"], ...rust },
  { name: "tests", run: ["node", "scripts/test.mjs"], shown: true },
];

const { values, positionals: asked } = parseArgs({
  options: { except: { type: "string", multiple: true, default: [] } },
  allowPositionals: true,
});
const isOneOf = (prefixes, { name }) => prefixes.some((it) => name.startsWith(it));
const steps = STEPS.filter(
  (step) => (asked.length === 0 || isOneOf(asked, step)) && !isOneOf(values.except, step),
);
if (steps.length === 0) {
  console.error(`no such step; there are:\n  ${STEPS.map(({ name }) => name).join("\n  ")}`);
  process.exit(2);
}

const failed = [];
for (const step of steps) {
  const begun = performance.now();
  const missing = step.missing?.();
  if (missing !== undefined) {
    console.log(`${inCi ? "FAIL" : "skip"}  ${step.name}: ${missing}`);
    if (inCi) failed.push(step.name);
    continue;
  }
  const { status, output } = await run(step);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  if (status !== 0) {
    failed.push(step.name);
    process.stdout.write(output);
  }
  console.log(`${status === 0 ? "ok  " : "FAIL"}  ${step.name} (${seconds} s)`);
}
console.log(failed.length === 0 ? "check: all well" : `check: failed: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;

function run({ run: [command, ...args], cwd = root, shown = false }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ["ignore", shown ? "inherit" : "pipe", shown ? "inherit" : "pipe"],
    });
    let output = "";
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    child.on("error", (error) => resolve({ status: 1, output: `${output}${error.message}\n` }));
    child.on("close", (code) => resolve({ status: code ?? 1, output }));
  });
}

function isInstalled(tool) {
  return spawnSync(tool, ["--version"], { stdio: "ignore" }).status === 0;
}

function whyNot(action) {
  try {
    action();
    return undefined;
  } catch (error) {
    return error.message;
  }
}
