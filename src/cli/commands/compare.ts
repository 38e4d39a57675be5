/** `mapscope compare`: how it is called. What it does is loaded when it is. */
import type { Command } from "commander";
import { addHostOptions } from "../options/reading-options.ts";
import type { Context } from "../program.ts";

const EXAMPLES = `
Examples:
  $ mapscope compare monday.json friday.json      two bpftool -j map show
  $ mapscope compare capture-a/ capture-b/        two folders
  $ mapscope analyze capture/ --format json > baseline.json
  $ mapscope compare baseline.json capture/       a saved analysis and now
  $ mapscope compare report.md                    before and after in one report
  $ mapscope compare a.json b.json --fail-on warning   status 1 on a new one

Exit status: 0 done, 1 new findings at or above --fail-on, 2 wrong use,
3 an input could not be read.`;

export function defineCompare(program: Command, { io, finish }: Context): void {
  const command = program
    .command("compare")
    .description("two captures or saved analyses: what grew, by how much, and why")
    .argument("[inputs...]", "two files or folders; or one that holds two snapshots")
    .option("--from <label>", "the snapshot to take of the first, where it has several")
    .option("--to <label>", "the snapshot to take of the second")
    .option("-f, --format <format>", "terminal, json, markdown or html", "terminal")
    .option("-o, --output <file>", "write the report to a file");
  addHostOptions(command, "the hosts");
  command
    .option(
      "--fail-on <severity>",
      "exit with 1 on a new finding: info, warning, error, never",
      "never",
    )
    .option("-v, --verbose", "all rows")
    .option("--no-color", "no colours, even on a terminal")
    .addHelpText("after", EXAMPLES)
    .action(async (inputs: string[], options) => {
      const { runCompare } = await import("./run-compare.ts");
      finish(await runCompare(inputs, options, io));
    });
}
