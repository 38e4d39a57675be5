/** `mapscope audit`: how it is called. What it does is loaded when it is. */
import type { Command } from "commander";
import type { Context } from "../program.ts";

const EXAMPLES = `
Examples:
  $ mapscope audit --init bpf/*.o                  write mapscope.config.json
  $ mapscope audit bpf/*.o                         check the budgets
  $ mapscope audit bpf/*.o --baseline git:v1.2.0   against those of a revision
  $ mapscope audit bpf/*.o --baseline release/     against a folder of objects
  $ mapscope audit bpf/*.o --format github --report sarif=mapscope.sarif

Exit status: 0 within budget, 1 a finding at or above --fail-on (error),
2 wrong use or a bad config, 3 nothing could be read.`;

export function defineAudit(program: Command, { io, finish }: Context): void {
  program
    .command("audit")
    .description("check objects and analyses against budgets and a baseline, for CI")
    .argument("[inputs...]", "compiled BPF objects, folders of them, dumps, saved analyses")
    .option("-c, --config <file>", "budgets (mapscope.config.json when not given)")
    .option("--init", "write a config from the inputs: their size now and a quarter more")
    .option("--baseline <what>", "a saved analysis, objects, a folder, or git:<revision>")
    .option("--fail-on <level>", "info, warning, error or never, instead of the config's")
    .option("--date <day>", "the day that waivers are judged on (today when not given)")
    .option("--kernel <release>", "kernel that dumps among the inputs come from")
    .option("--possible-cpus <count>", "its possible CPUs")
    .option(
      "-f, --format <format>",
      "terminal, json, markdown, html, sarif, github or junit",
      "terminal",
    )
    .option("-o, --output <file>", "write the report to a file")
    .option(
      "--report <format=file>",
      "write a further report; may be given several times",
      (value: string, all: string[]) => [...all, value],
      [],
    )
    .option("-v, --verbose", "every budget, point and change")
    .option("--no-color", "no colours, even on a terminal")
    .addHelpText("after", EXAMPLES)
    .action(async (inputs: string[], options) => {
      const { runAudit } = await import("./run-audit.ts");
      finish(await runAudit(inputs, options, io));
    });
}
