/** A run of the command line as in a pipe: no terminal, so 80 columns and no colour. */
import { run } from "../../src/cli/program.ts";
import { ROOT } from "./project-files.ts";

/** `argv` begins with the command; paths start at the project's root, or at `cwd`. */
export async function runCli(argv: readonly string[], cwd = ROOT) {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const status = await run(argv, {
    stdout: { write: (text) => stdout.push(text) },
    stderr: { write: (text) => stderr.push(text) },
    stdin: (async function* (): AsyncGenerator<Uint8Array> {})(),
    cwd,
    env: {},
  });
  return { status, stdout: stdout.join(""), stderr: stderr.join("") };
}
