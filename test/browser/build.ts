/** Builds what the tests of the viewer open, from the sources as they are. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ROOT } from "../support/project-files.ts";

export async function setup(): Promise<void> {
  await promisify(execFile)(process.execPath, ["scripts/build.mjs"], { cwd: ROOT });
}
