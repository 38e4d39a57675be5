/** `mapscope explain`: how it is called. What it does is loaded when it is. */
import type { Command } from "commander";
import type { Context } from "../program.ts";

const EXAMPLES = `
Examples:
  $ mapscope explain                     all topics
  $ mapscope explain near-full-map       a rule
  $ mapscope explain residentBytes       a figure
  $ mapscope explain percpu_array        a map type
  $ mapscope explain E2BIG               an errno, by name or number
  $ mapscope explain E2BIG --format json

Exit status: 0 done, 2 nothing is known of the topic.`;

export function defineExplain(program: Command, { io, finish }: Context): void {
  program
    .command("explain")
    .description("explain a rule, a figure, a map type, an errno, a format, ...")
    .argument("[topic]", "idle-preallocation, residentBytes, percpu_array, E2BIG, ...")
    .option("-f, --format <format>", "text or json", "text")
    .addHelpText("after", EXAMPLES)
    .action(async (topic: string | undefined, options) => {
      const { runExplain } = await import("./run-explain.ts");
      finish(await runExplain(topic, options, io));
    });
}
