/** A run of the command line as in a pipe: no terminal, so 80 columns and no colour. */
import { run } from "../../src/cli/program.ts";
import { ROOT } from "./project-files.ts";

/** `argv` begins with the command; paths start at the project's root, or at `cwd`. */
export async function runCli(argv: readonly string[], cwd = ROOT) {
  const { status, bytes, stderr } = await runForBytes(argv, cwd);
  return { status, stdout: bytes.toString(), stderr };
}

/** The same for a format that is no text. */
export async function runForBytes(argv: readonly string[], cwd = ROOT) {
  const { status, stdout, stderr } = await runWritten(argv, cwd);
  return { status, bytes: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
}

/** What it wrote to each, in pieces, and to both in their order, as a terminal shows it. */
export async function runWritten(argv: readonly string[], cwd = ROOT) {
  const stdout: Uint8Array[] = [];
  const stderr: Uint8Array[] = [];
  const both: Uint8Array[] = [];
  const into = (pieces: Uint8Array[]) => ({
    write: (report: string | Uint8Array) => {
      const bytes = Buffer.from(report);
      pieces.push(bytes);
      both.push(bytes);
    },
  });
  const status = await run(argv, {
    stdout: into(stdout),
    stderr: into(stderr),
    stdin: (async function* (): AsyncGenerator<Uint8Array> {})(),
    cwd,
    env: {},
  });
  return { status, stdout, stderr, both };
}
