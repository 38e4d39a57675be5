/** `mapscope size`: how it is called. What it does is loaded when it is. */
import type { Command } from "commander";
import type { Context } from "../program.ts";

const EXAMPLES = `
Examples:
  $ mapscope size --type hash --key-size 16 --value-size 64 --max-entries 65536
  $ mapscope size --type hash --key-size 4 --value-size 1600 \\
      --max-entries 1000000 --map-flags 1 --entries 5000 \\
      --kernel 5.10,6.1,6.18 --possible-cpus 4,16,128
  $ mapscope size --type ringbuf --max-entries 262144 --verbose
  $ mapscope size --definitions maps.json --format json
  $ mapscope size prog.bpf.o --kernel 6.1    every map of a compiled object

Definitions are a JSON array of rows such as
  {"type": "hash", "keySize": 4, "valueSize": 8, "maxEntries": 1024,
   "flags": 1, "entries": 10}

Exit status: 0 done, 2 wrong use, 3 no input could be read.`;

export function defineSize(program: Command, { io, finish }: Context): void {
  program
    .command("size")
    .description("what a map definition costs, over kernels and numbers of CPUs; the cliffs")
    .argument("[objects...]", "compiled BPF objects, whose maps are sized")
    .option("--type <type>", "map type in bpftool's words: hash, percpu_array, ...")
    .option("--key-size <bytes>", "size of a key", "0")
    .option("--value-size <bytes>", "size of a value", "0")
    .option("--max-entries <count>", "max_entries", "0")
    .option("--map-flags <flags>", "map_flags, decimal or 0x...", "0")
    .option("--map-extra <number>", "map_extra, such as a bloom filter's hash count")
    .option("--entries <count>", "live entries, or filled slots", "0")
    .option("--inner-type <type>", "type of the inner map of a map of maps")
    .option("--inner-key-size <bytes>", "its key size")
    .option("--inner-value-size <bytes>", "its value size")
    .option("--inner-max-entries <count>", "its max_entries")
    .option("--definitions <file>", "JSON array of definitions")
    .option("--kernel <releases>", "kernels, separated by commas", "6.18")
    .option("--possible-cpus <counts>", "numbers of possible CPUs, separated by commas", "4,16,128")
    .option("--page-size <bytes>", "page size of the host")
    .option("--struct-sizes <file>", "JSON: sizes of the kernel's structs, name to bytes")
    .option("--kernel-btf <file>", "the kernel's BTF, /sys/kernel/btf/vmlinux: exact struct sizes")
    .option("-f, --format <format>", "terminal, json, markdown or html", "terminal")
    .option("-o, --output <file>", "write the report to a file")
    .option("-v, --verbose", "components of every row")
    .option("--no-color", "no colours, even on a terminal")
    .addHelpText("after", EXAMPLES)
    .action(async (objects: string[], options) => {
      const { runSize } = await import("./run-size.ts");
      finish(await runSize(objects, options, io));
    });
}
