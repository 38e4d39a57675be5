/** The resolved host in the words of the schema. */
import type { ResolvedHost } from "../model/infer-host.ts";
import type { HostClaim } from "../model/snapshot.ts";
import type { AnalysisSnapshot } from "./analysis.ts";

export function hostOf(host: ResolvedHost, claims: readonly HostClaim[]): AnalysisSnapshot["host"] {
  const { kernelRelease, accounting, possibleCpus, possibleCpusRange, pageSize, structSizes } =
    host;
  const order = claims.find((it) => it.fact === "byteOrder");
  const online = claims.find((it) => it.fact === "onlineCpus" && typeof it.value === "number");
  const unknown = {
    ...(accounting === undefined && { accounting: host.unknownBecause }),
    ...(possibleCpus === undefined && {
      possibleCpus:
        possibleCpusRange === undefined
          ? "no per-CPU map tells them: give --possible-cpus"
          : `between ${possibleCpusRange.value.join(" and ")}: give --possible-cpus`,
    }),
  };
  return {
    ...(kernelRelease !== undefined && { kernelRelease: { ...kernelRelease } }),
    ...(accounting !== undefined && { accounting: { ...accounting } }),
    ...(possibleCpus !== undefined && { possibleCpus: { ...possibleCpus } }),
    ...(possibleCpusRange !== undefined && {
      possibleCpusRange: {
        ...possibleCpusRange,
        value: [...possibleCpusRange.value] as [number, number],
      },
    }),
    ...(online !== undefined && {
      onlineCpus: { value: online.value as number, basis: online.basis, source: online.source },
    }),
    pageSize: { ...pageSize },
    ...(order !== undefined && {
      byteOrder: {
        value: order.value === "big" ? "big" : "little",
        basis: order.basis,
        source: order.source,
      },
    }),
    ...(accounting !== undefined && {
      structSizes: { ...structSizes, calibrated: { ...structSizes.calibrated } },
    }),
    ...(Object.keys(unknown).length > 0 && { unknown }),
  };
}
