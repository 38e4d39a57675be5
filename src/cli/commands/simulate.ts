/** `mapscope simulate`: how it is called. What it does is loaded when it is. */
import type { Command } from "commander";
import { gather } from "../options/reading-options.ts";
import type { Context } from "../program.ts";

const EXAMPLES = `
Policies: kmesh-0.4, kmesh-0.5, kmesh-0.5-rc.0, kmesh-1.x, stages of the main
branch (kmesh-main-2024-07-19, ...-07-20, ...-09-21), or a JSON file such as
  {"based": "kmesh-0.5", "scaleUpStep": 8192, "initialSlots": 8192,
   "floorSlots": 8192}
\`mapscope explain policy\` tells all members.

Examples:
  $ mapscope simulate kmesh.log                     replay what a daemon logged
  $ mapscope simulate report.md --recommend         and find a better policy
  $ mapscope simulate --ramp services:0..10000      9 slots a service
  $ mapscope simulate --ramp services:0..10000..0/500 --endpoints 10
  $ mapscope simulate --csv load.csv --policy kmesh-0.5 --policy my.json
  $ mapscope simulate --ramp slots:0..60000 --max-maps 20000

Exit status: 0 done, 2 wrong use, 3 no input could be read.`;

export function defineSimulate(program: Command, { io, finish }: Context): void {
  program
    .command("simulate")
    .description("play scaling policies over a demand: idle maps, steps, refusals; a better policy")
    .argument("[inputs...]", "logs, reports, captures, saved analyses, or - for standard input")
    .option("--policy <name|file>", "a preset or a JSON file; repeatable (kmesh-0.5)", gather)
    .option("--ramp <curve>", "services:0..10000, slots:0..60000..0, steps after a /")
    .option("--csv <file>", "a row for each point: slots or services, and time")
    .option("--daemon <name>", "whose log is replayed, where the input has several")
    .option("--slots-per-service <count>", "slots that one service takes (9)")
    .option("--endpoints <count>", "endpoints of a service: 7 + 2 x endpoints slots (1)")
    .option("--recommend", "search for the policy with the fewest idle maps")
    .option("--max-steps <count>", "steps that it may take (twice the first policy's, or 16)")
    .option("--max-refusals <count>", "slots that it may refuse (0)")
    .option("--headroom <slots>", "free slots that it must have when a step is due (1024)")
    .option("--margin <slots>", "how far demand must turn before a step is taken back (256)")
    .option("--max-maps <count>", "maps that can exist, by the limit on descriptors")
    .option("--insertion-cost <us>", "microseconds of one update of the outer map")
    .option("--slot-cost <us>", "microseconds to fill a slot: demand goes on during a step")
    .option("--kernel <release>", "kernel that maps are costed for (the input's, or 6.18)")
    .option("--possible-cpus <count>", "its possible CPUs (8)")
    .option("--page-size <bytes>", "its page size")
    .option("--struct-sizes <file>", "JSON: sizes of the kernel's structs, name to bytes")
    .option("--kernel-btf <file>", "the kernel's BTF, /sys/kernel/btf/vmlinux: exact struct sizes")
    .option("-f, --format <format>", "terminal, json, markdown or html", "terminal")
    .option("-o, --output <file>", "write the report to a file")
    .option("-v, --verbose", "all steps of every policy")
    .option("--no-color", "no colours, even on a terminal")
    .addHelpText("after", EXAMPLES)
    .action(async (inputs: string[], options) => {
      const { runSimulate } = await import("./run-simulate.ts");
      finish(await runSimulate(inputs, options, io));
    });
}
