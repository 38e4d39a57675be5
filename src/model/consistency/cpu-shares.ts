/** A share of one core and a share of all cores, under one heading, must be the same time. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { canBeEqual, type Rounded } from "../rounded.ts";
import type { Statement } from "../usage/statement.ts";
import { contradiction, lineOf } from "./contradiction.ts";

type Share = Extract<Statement, { kind: "cpu-share" }>;

export function cpuShares(
  statements: readonly Statement[],
  cpus: number | undefined,
): readonly Diagnostic[] {
  if (cpus === undefined) return [];
  const headings = new Map<string, Share[]>();
  for (const it of statements) {
    if (it.kind !== "cpu-share" || it.of === "limit") continue;
    const heading = it.part?.heading ?? "";
    headings.set(heading, [...(headings.get(heading) ?? []), it]);
  }
  return [...headings].flatMap(([heading, shares]) => {
    const cores = shares.filter((it) => it.of === "core");
    const odd = shares
      .filter((it) => it.of === "host")
      .flatMap((host) =>
        cores
          .filter((core) => !canBeEqual(scaled(host.percent, cpus), core.percent))
          .map((core) => ({ host, core })),
      );
    const [first] = odd;
    if (first === undefined) return [];
    const { host, core } = first;
    return [
      contradiction(
        host.source,
        `${heading === "" ? "" : `under "${heading}": `}${host.percent.value} % of ${cpus} cores is ${tidy(host.percent.value * cpus)} % of one core, ` +
          `but ${lineOf(core.source)} says ${core.percent.value} %`,
        "Neither is taken for the other. Ask for the screen of bpftop as text: its share is of one core.",
      ),
    ];
  });
}

function scaled({ value, least, most }: Rounded, by: number): Rounded {
  return { value: value * by, least: least * by, most: most * by };
}

function tidy(value: number): number {
  return Number(value.toFixed(2));
}
