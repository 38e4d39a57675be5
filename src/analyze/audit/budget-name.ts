/** What a budget is called where nobody named it: all that tells it from the others. */
import { formatBytes } from "../../base/units.ts";
import type { SizeFigure } from "../../model/size.ts";
import type { Budget } from "./config.ts";
import { bytesOf } from "./size-text.ts";

export function budgetName(budget: Budget): string {
  if (budget.name !== undefined) return budget.name;
  const { per, figure, max, maxGrowth, exclude } = budget;
  const which = (["map", "object", "type", "mode", "owner"] as const).flatMap((key) => {
    const globs = budget[key];
    return globs === undefined ? [] : [`${key} ${globs.join(" or ")}`];
  });
  const limits = [
    ...(max === undefined ? [] : [`at most ${formatBytes(bytesOf(max))}`]),
    ...(maxGrowth === undefined ? [] : [`grows at most ${maxGrowth}`]),
  ];
  const what = which.length === 0 ? "all maps" : which.join(", ");
  const but = exclude === undefined ? "" : ` without ${exclude.join(" or ")}`;
  const each = per === "total" ? "" : `, each ${per}`;
  return `${what}${but}${each}: ${figureWord(figure)} ${limits.join(", ")}${placesOf(budget)}`;
}

/** Where it holds, when that is not everywhere. */
function placesOf({ kernels, possibleCpus, fill }: Budget): string {
  const either = (items: readonly unknown[]) => items.join(" or ");
  return [
    ...(kernels === undefined ? [] : [`on ${either(kernels)}`]),
    ...(possibleCpus === undefined ? [] : [`with ${either(possibleCpus)} CPUs`]),
    ...(fill === undefined ? [] : [either(fill)]),
  ]
    .map((it) => `, ${it}`)
    .join("");
}

const WORDS: Readonly<Record<SizeFigure, string>> = {
  memlockBytes: "memlock",
  preallocatedBytes: "preallocated",
  allocatedBytes: "allocated",
  usedBytes: "used",
  idleBytes: "idle",
  ceilingBytes: "when full",
  residentBytes: "resident",
  chargedBytes: "charged",
};

export function figureWord(figure: SizeFigure): string {
  return WORDS[figure];
}
