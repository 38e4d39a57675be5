/** Runs a command and tells how long it took and the most memory it held. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

const SAMPLE_MS = 5;

/** `peakBytes` is the kernel's own high-water mark, read while it runs; undefined off Linux. */
export function measure([command, ...args]) {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"] });
    let peakBytes;
    const sampling = setInterval(() => {
      peakBytes = highWaterMark(child.pid) ?? peakBytes;
    }, SAMPLE_MS);
    let errors = "";
    child.stderr.on("data", (chunk) => {
      errors += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(sampling);
      const ms = performance.now() - begun;
      if (code === 0) resolve({ ms, peakBytes });
      else reject(new Error(`${command} ${args.join(" ")}: exit ${code}\n${errors}`));
    });
  });
}

/** Longer runs than this even a slow moment out by themselves. */
const LONG_MS = 5_000;

/** The middle one of three runs: of a machine's moments one is enough to make a short run a third slower. */
export async function typical(command) {
  const runs = [await measure(command)];
  while (runs.length < 3 && runs[0].ms < LONG_MS) runs.push(await measure(command));
  return runs.sort((a, b) => a.ms - b.ms)[Math.floor(runs.length / 2)];
}

/** The fastest of `rounds` runs of each, taken in turn so that a slow moment hits all of them. */
export async function best(rounds, commands) {
  const results = commands.map(([name]) => ({ name, ms: Number.POSITIVE_INFINITY }));
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, [name, command]] of commands.entries()) {
      const run = await measure(command);
      if (run.ms < results[index].ms) results[index] = { name, ...run };
    }
  }
  return results;
}

function highWaterMark(pid) {
  try {
    const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return kib === null ? undefined : Number(kib[1]) * 1024;
  } catch {
    return undefined;
  }
}
