// Finds a tool of the clang family with the newest version behind its name, else under its plain name (often an old one).
import { execFileSync } from "node:child_process";

const NEWEST = 30;
const OLDEST = 14;

export function findTool(name) {
  const versions = Array.from({ length: NEWEST - OLDEST + 1 }, (_, i) => `${name}-${NEWEST - i}`);
  for (const candidate of [...versions, name]) {
    try {
      execFileSync(candidate, ["--version"], { stdio: "ignore" });
      return candidate;
    } catch {} // not there: try the next
  }
  throw new Error(`${name} was not found; on Debian: apt-get install clang-19 llvm-19`);
}
