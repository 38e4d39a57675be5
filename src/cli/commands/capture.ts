/** `mapscope capture`: how it is called. What it does is loaded when it is. */
import type { Command } from "commander";
import type { Context } from "../program.ts";

const EXAMPLES = `
The script needs bpftool and root on the host, changes nothing there, asks
nothing, and writes one archive. It takes these options itself, too:
  $ sh mapscope-capture.sh --help

Examples:
  $ mapscope capture > mapscope-capture.sh        then, as root on the host:
  $ sh mapscope-capture.sh
  $ mapscope capture --dump 'kmesh_*' --dump outer_map | ssh root@node sh
  $ mapscope capture --every 30s --count 20 > series.sh     growth over 10 min
  $ mapscope capture --output - |
      kubectl exec -i -n kmesh-system POD -- sh > node-1.tar.gz
  $ mapscope analyze node-1.tar.gz

Dumps hold keys and values; lists and figures do not.

Exit status: 0 done, 2 wrong use.`;

export function defineCapture(program: Command, { io, finish }: Context): void {
  const several = (value: string, before: readonly string[] = []) => [...before, value];
  program
    .command("capture")
    .description("print the shell script that collects a capture on a host")
    .option("--dump <glob>", "dump maps of this name, or the map of this id; repeatable", several)
    .option("--every <time>", "a series: one look each 30s, 5m or 1h")
    .option("--count <number>", "how many looks (1, or 20 with --every)")
    .option("--with-btf", "keep the kernel's whole BTF")
    .option("-o, --output <file>", "where the script writes the archive; - is its standard output")
    .option("--max-bytes <size>", "most that all dumps may take (64M)")
    .option("--max-time <time>", "most that the dumps of one look may take (5m)")
    .option("--timeout <time>", "most that each command may take (60s)")
    .option("--daemon <name>", "the process whose cgroup and log to look at (kmesh-daemon)")
    .option("--bpftool <path>", "bpftool on that host")
    .addHelpText("after", EXAMPLES)
    .action(async (options) => {
      const { runCapture } = await import("./run-capture.ts");
      finish(await runCapture(options, io));
    });
}
