// The helper in C of the capture scenarios: bulk fills, maps without a name, storage maps.
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Compiles it into a folder; its path. */
export function buildHelper(folder) {
  const here = dirname(fileURLToPath(import.meta.url));
  const helper = join(folder, "livemap");
  const sources = ["main", "fill", "scaler", "storage", "program"].map((it) =>
    join(here, `${it}.c`),
  );
  execFileSync("gcc", ["-Wall", "-Wextra", "-O2", "-static", "-o", helper, ...sources]);
  return helper;
}
