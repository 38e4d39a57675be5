/**
 * `npm test`: runs vitest and closes with `N passed, N failed[, N skipped]` alone on the last line.
 * Arguments go to vitest: `npm test -- test/model`. With `--update` (`npm run test:update`) the
 * golden files are written instead of compared. The tests in test/kernel skip themselves, with the
 * reason in their name, where there is no root, bpftool or bpf().
 */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const folder = await mkdtemp(join(tmpdir(), "mapscope-test-"));
const results = join(folder, "results.json");

const env = { ...process.env };
const args = process.argv.slice(2).filter((arg) => arg !== "--update");
if (args.length < process.argv.length - 2) env.UPDATE_GOLDEN = "1";

const status = await new Promise((resolve) => {
  const child = spawn(
    process.execPath,
    [
      vitest,
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${results}`,
      ...args,
    ],
    { cwd: root, stdio: ["ignore", "inherit", "inherit"], env },
  );
  child.on("close", (code) => resolve(code ?? 1));
});

// No report means that vitest itself did not start.
const counts = await readFile(results, "utf8")
  .then(count)
  .catch(() => ({ passed: 0, failed: 0, skipped: 0 }));
await rm(folder, { recursive: true, force: true });

// An error outside of any test, or a run that broke off, is a failure too.
if (status !== 0 && counts.failed === 0) counts.failed = 1;
if (counts.passed === 0 && counts.failed === 0) counts.failed = 1;

const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
process.exitCode = counts.failed > 0 ? 1 : 0;

function count(text) {
  const report = JSON.parse(text);
  // A file that cannot be loaded has no tests in the report, but it is no success.
  const unloaded = report.testResults.filter(
    (file) =>
      file.status === "failed" && !file.assertionResults.some((it) => it.status === "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
