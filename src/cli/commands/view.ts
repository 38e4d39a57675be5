/** `mapscope view`: how it is called. What it does is loaded when it is. */
import type { Command } from "commander";
import { addHostOptions, addSnapshotOptions } from "../options/reading-options.ts";
import type { Context } from "../program.ts";

const EXAMPLES = `
Examples:
  $ mapscope view                          an empty viewer; drop files on it
  $ mapscope view report.md                read it, and open the viewer on it
  $ mapscope view before/ after/ --open    and start the browser
  $ mapscope view analysis.json --port 8080    a saved analysis, on a port
  $ mapscope view --snapshot before=a.json --snapshot after=b.json

It serves this machine only (127.0.0.1), under an address that is printed and
cannot be guessed, until Ctrl-C. Nothing that is read leaves the machine.

Exit status: 0 stopped by Ctrl-C or SIGTERM, 2 wrong use or the port is taken,
3 no input could be read.`;

export function defineView(program: Command, { io, finish }: Context): void {
  const command = program
    .command("view")
    .description("look at it in a browser: the viewer on this machine, with a report loaded")
    .argument("[inputs...]", "files, folders, or - for standard input")
    .option("--port <number>", "port to serve on (any that is free)")
    .option("--open", "open it in the browser");
  addHostOptions(command);
  addSnapshotOptions(command);
  command.addHelpText("after", EXAMPLES).action(async (inputs: string[], options) => {
    const { runView } = await import("./run-view.ts");
    finish(await runView(inputs, options, io));
  });
}
