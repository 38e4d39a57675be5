/** Where memory cgroups can be made here, and which of their files says what kernel memory they are charged. */
import { existsSync, readdirSync, readFileSync, rmdirSync } from "node:fs";
import { join } from "node:path";

export interface MemoryController {
  /** A folder in which a new folder is a new memory cgroup. */
  readonly folder: string;
  /** Version 2 lists the figure among others, version 1 has a counter of its own. */
  readonly counter: "memory.stat" | "memory.kmem.usage_in_bytes";
}

/** The controller, or why a charge cannot be read on this machine. */
export function memoryController(): MemoryController | string {
  if (/\bcgroup\.memory=\S*nokmem/.test(readFileSync("/proc/cmdline", "utf8"))) {
    return "this kernel was started without kernel memory accounting";
  }
  const mounts = readFileSync("/proc/self/mounts", "utf8").trimEnd().split("\n");
  for (const mount of mounts) {
    const [, folder = "", type, options = ""] = mount.split(" ");
    if (options.split(",").includes("ro")) continue;
    if (type === "cgroup2" && givesMemory(folder)) return { folder, counter: "memory.stat" };
    const counter = "memory.kmem.usage_in_bytes";
    if (type === "cgroup" && existsSync(join(folder, counter))) return { folder, counter };
  }
  return "no mounted cgroup hierarchy makes memory cgroups that tell their kernel memory (5.18)";
}

/** Takes away cgroups that a helper which was stopped has left; its processes need a moment to end. */
export function removeCgroups({ folder }: MemoryController, prefix: string): void {
  const left = () => readdirSync(folder).filter((name) => name.startsWith(prefix));
  for (let tries = 50; left().length > 0; tries--) {
    for (const name of left()) {
      try {
        rmdirSync(join(folder, name));
      } catch (error) {
        if (tries === 0) throw error;
      }
    }
    if (left().length > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  }
}

function givesMemory(folder: string): boolean {
  const controllers = readFileSync(join(folder, "cgroup.subtree_control"), "utf8");
  const statistics = join(folder, "memory.stat");
  return (
    /\bmemory\b/.test(controllers) &&
    existsSync(statistics) &&
    /^kernel /m.test(readFileSync(statistics, "utf8"))
  );
}
