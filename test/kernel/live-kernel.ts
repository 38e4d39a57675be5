/** Whether this machine can run the tests of a live kernel, and the C helpers they need. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, test } from "vitest";
import { ROOT } from "../support/project-files.ts";

const folders: string[] = [];

/**
 * Suites that need root, bpf(2), bpftool and gcc; elsewhere skipped, with the reason in the name.
 * `whatElseIsMissing` says why a suite that needs more cannot run.
 */
export function describeLive(
  name: string,
  suite: () => void,
  whatElseIsMissing: () => string | undefined = () => undefined,
): void {
  const missing = whatIsMissing() ?? whatElseIsMissing();
  if (missing === undefined) {
    describe(name, () => {
      suite();
      afterAll(() => {
        for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
      });
    });
  } else if (process.env.REQUIRE_KERNEL === "1") {
    test(`${name}: needs a live kernel`, () => {
      throw new Error(`REQUIRE_KERNEL=1, but ${missing}`);
    });
  } else {
    describe.skip(`${name} (skipped: ${missing})`, suite);
  }
}

function whatIsMissing(): string | undefined {
  if (process.platform !== "linux") return "this is not Linux";
  if (process.getuid?.() !== 0) return "not root";
  if (spawnSync("gcc", ["--version"]).status !== 0) return "gcc is not installed";
  const { status, error } = spawnSync("bpftool", ["-j", "map", "show"]);
  if (error !== undefined) return "bpftool is not installed";
  return status === 0 ? undefined : "bpf(2) is not allowed";
}

/** Compiles C sources (paths from the project's root) into a program in a temporary folder. */
export function compile(...sources: string[]): string {
  const program = join(temporaryFolder(), "helper");
  const flags = ["-Wall", "-O2", "-static", "-o", program];
  execFileSync("gcc", [...flags, ...sources.map((it) => ROOT + it)], { stdio: "pipe" });
  return program;
}

/** Taken away after the live suite that made it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "mapscope-kernel-"));
  folders.push(folder);
  return folder;
}

export function kernelRelease(): string {
  return readFileSync("/proc/sys/kernel/osrelease", "utf8").trim();
}

/** `0-7` or `0-3,8-11`, as the kernel lists them. */
export function possibleCpus(): number {
  const list = readFileSync("/sys/devices/system/cpu/possible", "utf8").trim();
  return list.split(",").reduce((total, range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return total + last - first + 1;
  }, 0);
}
