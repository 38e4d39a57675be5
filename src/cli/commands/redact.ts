/** `mapscope redact`: how it is called. What it does is loaded when it is. */
import type { Command } from "commander";
import { gather } from "../options/reading-options.ts";
import type { Context } from "../program.ts";

const EXAMPLES = `
Examples:
  $ mapscope redact capture/ -o redacted.tar.gz   a folder, into an archive
  $ mapscope redact capture.tar.gz -o redacted/   an archive, into a folder
  $ mapscope redact report.md > redacted.md       a single file, to a pipe
  $ bpftool -j map show | mapscope redact - > maps.json
  $ mapscope redact before/ after/ -o both.tar.gz   two hosts or times
  $ mapscope redact monday/ -o mon/ --salt "$S"   stand-ins as on another day

Standard error says what was replaced, and what was left out and why.

Exit status: 0 done, 2 wrong use, 3 nothing could be copied, or an input could
not be opened.`;

export function defineRedact(program: Command, { io, finish }: Context): void {
  program
    .command("redact")
    .description("copy a capture without keys, values and names; its numbers stay")
    .argument("[inputs...]", "files, folders, archives, or - for standard input")
    .option("-o, --output <path>", "a new folder, or an archive: .tar, .tar.gz, .tgz")
    .option("--salt <text>", "secret that the stand-ins follow from; random if not given")
    .option("--keep-name <name>", "a name that is no secret, and stays; repeatable", gather)
    .addHelpText("after", EXAMPLES)
    .action(async (inputs: string[], options) => {
      const { runRedact } = await import("./run-redact.ts");
      finish(await runRedact(inputs, options, io));
    });
}
