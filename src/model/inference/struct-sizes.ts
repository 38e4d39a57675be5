/** Sizes of the kernel's structs that rows of a 6.4 or later kernel determine. */
import type { Accounting, HostFact } from "../host.ts";
import { type Evidence, quote, usableRows } from "./evidence.ts";
import { headerRows, headerSize } from "./header-rows.ts";
import type { ResolvedCpus } from "./possible-cpus.ts";

/** Struct name to size; a struct over which rows disagree is left out. */
export function calibrate(
  evidence: readonly Evidence[],
  accounting: Accounting,
  pageSize: number,
  { possibleCpus }: ResolvedCpus,
): Readonly<Record<string, HostFact<number>>> {
  if (accounting !== "per-type") return {};
  // A number of CPUs that is only assumed would turn into a size that is wrong.
  const cpus =
    possibleCpus === undefined || possibleCpus.basis === "assumed" ? undefined : possibleCpus.value;
  const found = new Map<string, HostFact<number>>();
  const disputed = new Set<string>();
  for (const it of headerRows(usableRows(evidence), pageSize)) {
    if (it.countsUnknown || (it.dependsOnCpus && cpus === undefined)) continue;
    const size = headerSize(it, cpus ?? 1, pageSize);
    const known = found.get(it.header);
    if (size === undefined || (known !== undefined && known.value !== size))
      disputed.add(it.header);
    else if (known === undefined)
      found.set(it.header, { value: size, basis: "inferred", source: quote(it.row) });
  }
  return Object.fromEntries([...found].filter(([name]) => !disputed.has(name)));
}
