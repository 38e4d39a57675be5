/** `--output` -> where the copies go, refused before anything is read if it cannot be written. */
import { mkdir, readdir, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { writeFailure } from "../file-errors.ts";
import type { Io } from "../io.ts";
import { UsageError } from "../usage-error.ts";
import { FolderOutput } from "./folder.ts";
import type { RedactedOutput } from "./output.ts";
import { StdoutOutput } from "./stdout.ts";
import { TarOutput } from "./tar.ts";

export async function openOutput(output: string | undefined, io: Io): Promise<RedactedOutput> {
  if (output === undefined) return new StdoutOutput(io.stdout);
  const path = resolve(io.cwd, output);
  const refuse = (reason: string, hint?: string) => {
    throw new UsageError(`--output ${output}: ${reason}`, hint);
  };
  const failed = (error: NodeJS.ErrnoException) => refuse(writeFailure(error)) as never;
  const isThere = await stat(path).catch(() => undefined);
  if (/\.(?:tar|tar\.gz|tgz)$/i.test(output)) {
    if (isThere) refuse("it is there already", "Give a new name.");
    return TarOutput.open(path, /gz$/i.test(output)).catch(failed);
  }
  if (isThere && !isThere.isDirectory()) {
    refuse("it is a file", "Give a new folder, or an archive that ends in .tar or .tar.gz.");
  }
  await mkdir(path, { recursive: true }).catch(failed);
  if ((await readdir(path)).length > 0) {
    refuse("the folder is not empty", "Give a new folder, so that nothing else is shared.");
  }
  return new FolderOutput(path, isThere === undefined);
}
