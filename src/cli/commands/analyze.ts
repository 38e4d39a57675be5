/** `mapscope analyze`: how it is called. What it does is loaded when it is. */
import type { Command } from "commander";
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
  program
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
    )
    .option("--kernel <release>", "kernel of the host, as uname -r prints it")
    .option(
      "--accounting <name>",
      "how it counts memlock: charged-pages, rounded-entries, per-type",
    )
    .option("--possible-cpus <count>", "possible CPUs of the host")
    .option("--page-size <bytes>", "page size of the host")
    .option("--struct-sizes <file>", "JSON: sizes of the kernel's structs, name to bytes")
    .option("--kernel-btf <file>", "the kernel's BTF, /sys/kernel/btf/vmlinux: exact struct sizes")
    .option("--snapshot <label=path>", "an input of a named time or host; repeatable", gather)
    .option(
      "--scale <label=unit:count>",
      "services, pods, ... at a snapshot: after=services:1000; repeatable",
      gather,
    )
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

function gather(value: string, values: readonly string[] = []): string[] {
  return [...values, value];
}
