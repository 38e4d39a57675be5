/** What an error means that bpftool printed in place of a value: of some types it is how a slot without one is shown. */
import type { Problem } from "../component/load.ts";
import type { Advice } from "./component-scan.ts";

/** By the words of strerror(3) that bpftool prints; seen with bpftool 7.1 on 6.18. */
const MEANINGS: readonly (readonly [RegExp, Advice])[] = [
  [
    /No such file or directory$/,
    {
      level: "info",
      hint: "An empty slot of a devmap, cpumap or map of maps is shown so, and an entry that was deleted meanwhile: nothing is missing.",
    },
  ],
  [
    /No space left on device$/,
    {
      hint: "A sockmap or sockhash shows its sockets only where its values have 8 bytes, which are their cookies: which slots are filled is not told.",
    },
  ],
  [
    /Operation not supported$/,
    { hint: "The kernel does not let user space read the values of this type, whoever asks." },
  ],
];

/** Undefined for errors that say what they seem to. */
export function slotError({ code, message }: Problem): Advice | undefined {
  if (code !== "tool-error") return undefined;
  return MEANINGS.find(([words]) => words.test(message))?.[1];
}
