/** Options that say how inputs are read; the same words for every command that reads them. Without zod: help is quick. */
import type { Command } from "commander";

export function gather(value: string, values: readonly string[] = []): string[] {
  return [...values, value];
}

/** Facts of the host, which outrank what the input tells. */
export function addHostOptions(command: Command, host = "the host"): Command {
  return command
    .option("--kernel <release>", `kernel of ${host}, as uname -r prints it`)
    .option(
      "--accounting <name>",
      "how it counts memlock: charged-pages, rounded-entries, per-type",
    )
    .option("--possible-cpus <count>", `possible CPUs of ${host}`)
    .option("--page-size <bytes>", `page size of ${host}`)
    .option("--struct-sizes <file>", "JSON: sizes of the kernel's structs, name to bytes")
    .option("--kernel-btf <file>", "the kernel's BTF, /sys/kernel/btf/vmlinux: exact struct sizes");
}

/** Which input is of which time or host, and how large the deployment was then. */
export function addSnapshotOptions(command: Command): Command {
  return command
    .option("--snapshot <label=path>", "an input of a named time or host; repeatable", gather)
    .option(
      "--scale <label=unit:count>",
      "services, pods, ... at a snapshot: after=services:1000; repeatable",
      gather,
    );
}
