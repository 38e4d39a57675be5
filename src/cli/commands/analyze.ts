/** `mapscope analyze`: how it is called. What it does is loaded when it is. */
import type { Command } from "commander";
import { addHostOptions, addSnapshotOptions } from "../options/reading-options.ts";
import type { Context } from "../program.ts";

const EXAMPLES = `
Examples:
  $ mapscope analyze report.md                    a report: dumps, tables, logs
  $ mapscope analyze maps.json dump-42.json       bpftool -j map show, map dump
  $ bpftool -j map show | mapscope analyze -      from a pipe
  $ mapscope analyze capture/ --format json       all files of a folder
  $ mapscope analyze --snapshot before=a.json --snapshot after=b.json
  $ mapscope analyze --snapshot a=a.json --snapshot b=b.json \\
      --scale a=services:100 --scale b=services:1000   bytes per service
  $ mapscope analyze maps.json --fail-on warning  status 1 on such a finding
  $ mapscope analyze maps.json --format csv --table findings
  $ mapscope analyze maps.json --format arrow --table all -o tables
  $ mapscope analyze maps.json --format openmetrics -o mapscope.prom

Exit status: 0 done, 1 findings at or above --fail-on, 2 wrong use,
3 no input could be read, or one of them could not be opened.`;

export function defineAnalyze(program: Command, { io, finish }: Context): void {
  const command = program
    .command("analyze")
    .description("read dumps, logs and bug reports; say which maps take the memory, and why")
    .argument("[inputs...]", "files, folders, or - for standard input")
    .option(
      "-f, --format <format>",
      "terminal, json, markdown, html, csv, arrow or openmetrics",
      "terminal",
    )
    .option("-o, --output <file>", "write the report to a file")
    .option(
      "--table <name>",
      "of csv and arrow: families, maps, components, programs, findings, ..., or all of them into a folder (families)",
    );
  addHostOptions(command);
  addSnapshotOptions(command);
  command
    .option(
      "--fail-on <severity>",
      "exit with 1 on a finding: info, warning, error, never",
      "never",
    )
    .option("-v, --verbose", "all rows, programs and snapshots")
    .option("--no-color", "no colours, even on a terminal")
    .addHelpText("after", EXAMPLES)
    .action(async (inputs: string[], options) => {
      const { runAnalyze } = await import("./run-analyze.ts");
      finish(await runAnalyze(inputs, options, io));
    });
}
