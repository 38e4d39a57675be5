/** What an output is of, by the command that wrote it. */
import type { Subject } from "./importer.ts";

/** A command line after a prompt, as a heading, or by itself; never a mention in a sentence. */
const COMMAND =
  /^\s*(?:#{1,6}\s+|[^#$]{0,80}[#$]\s+)?(?:sudo\s+)?(?:\S*\/)?bpftool\s+(\S.{0,400})$/;

/**
 * `map` or `prog`: what the last bpftool of a pipeline was asked for, as `prog show | … | xargs bpftool map show id` lists
 * maps.
 */
export function objectOf(command: readonly string[]): string | undefined {
  const last = command.findLastIndex((word) => /^(?:\S*\/)?bpftool$/.test(word));
  return command[last + 1];
}

/** `["map", "dump", "pinned", "/sys/fs/bpf/x"]`. */
export function subjectOf(command: readonly string[]): Subject | undefined {
  const [object, verb, selector, value] = command;
  if (object !== "map" || verb !== "dump" || value === undefined) return undefined;
  if (selector === "id" && /^\d{1,10}$/.test(value)) return { mapId: Number(value) };
  if (selector === "name") return { name: value };
  if (selector === "pinned") return { pin: value };
  return undefined;
}

/** `# bpftool map dump id 7`; undefined when the line is no command of bpftool. */
export function commandIn(line: string): readonly string[] | undefined {
  if (line.length > 500) return undefined;
  const words = COMMAND.exec(line)?.[1]?.trim().split(/\s+/);
  return words?.filter((word) => !word.startsWith("-"));
}
