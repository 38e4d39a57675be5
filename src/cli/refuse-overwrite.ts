/** A report is never written over what it is made from. */
import { realpathSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { UsageError } from "./usage-error.ts";

/**
 * Checked before any input is read. All files of a folder are inputs when the folder is.
 *
 * @param option what named the output, as it was typed.
 */
export function refuseOverwrite(
  output: string | undefined,
  inputs: readonly string[],
  cwd: string,
  option = `--output ${output}`,
): void {
  if (output === undefined) return;
  const target = realPath(resolve(cwd, output));
  for (const input of inputs) {
    const source = realPath(resolve(cwd, input));
    if (source === target) throw new UsageError(`${option}: it is an input`);
    if (!isFile(target) || !isWithin(source, target)) continue;
    throw new UsageError(
      `${option}: it is an input, as all files in ${input} are`,
      "Write elsewhere; or remove it first, if it is an earlier report.",
    );
  }
}

function isWithin(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return (
    path !== "" && path !== ".." && !path.startsWith(`..${sep}`) && resolve(folder, path) === file
  );
}

/** What cannot even be looked at is not written over either: writing tells why. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Links are followed; of what is not there, as far as there is something. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(realPath(folder), basename(path));
  }
}
