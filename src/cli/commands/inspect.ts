/** `mapscope inspect`: how it is called. What it does is loaded when it is. */
import type { Command } from "commander";
import type { Context } from "../program.ts";

const EXAMPLES = `
Examples:
  $ mapscope inspect prog.bpf.o             maps, their cost, programs
  $ mapscope inspect *.o --kernel 6.1 --possible-cpus 8
  $ mapscope inspect prog.bpf.o --layout    members and holes of keys and values
  $ mapscope inspect prog.bpf.o --format json

Exit status: 0 done, 2 wrong use, 3 no object could be read.`;

export function defineInspect(program: Command, { io, finish }: Context): void {
  program
    .command("inspect")
    .description("what compiled BPF objects declare: maps with their cost, layouts, programs")
    .argument("[objects...]", "compiled BPF objects, raw BTF, folders of them, or -")
    .option("--kernel <release>", "kernel that the maps are costed for (6.18 when not given)")
    .option("--possible-cpus <count>", "its possible CPUs (8 when not given)")
    .option("--page-size <bytes>", "its page size")
    .option("--struct-sizes <file>", "JSON: sizes of the kernel's structs, name to bytes")
    .option("--kernel-btf <file>", "the kernel's BTF, /sys/kernel/btf/vmlinux: exact struct sizes")
    .option("-f, --format <format>", "terminal, json, markdown or html", "terminal")
    .option("-o, --output <file>", "write the report to a file")
    .option("--layout", "members, offsets and holes of keys and values; maps of each program")
    .option("-v, --verbose", "the same as --layout")
    .option("--no-color", "no colours, even on a terminal")
    .addHelpText("after", EXAMPLES)
    .action(async (objects: string[], options) => {
      const { runInspect } = await import("./run-inspect.ts");
      finish(await runInspect(objects, options, io));
    });
}
