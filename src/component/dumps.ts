/** The component's counts of dumps as the results that the rest of the project knows. */
import { defined, toProblem } from "./columns.ts";
import type {
  Dump as RawDump,
  DumpList as RawDumpList,
} from "./generated/interfaces/mapscope-parse-dumps.js";
import type { DumpList } from "./results.ts";

export function toDumpList({ dumps, problems }: RawDumpList): DumpList {
  return { dumps: dumps.map(toDump), problems: problems.map(toProblem) };
}

function toDump(raw: RawDump): DumpList["dumps"][number] {
  const { mapId, mapType, name, possibleCpus, innerMapIds, valueU32s, nonzeroValues, ...counts } =
    raw;
  return {
    ...counts,
    nonZeroValues: nonzeroValues,
    ...defined("mapId", mapId),
    ...defined("type", mapType),
    ...defined("name", name),
    ...defined("possibleCpus", possibleCpus),
    ...defined("innerMapIds", innerMapIds.length > 0 ? innerMapIds : undefined),
    ...defined("valueU32s", valueU32s.length > 0 ? valueU32s : undefined),
  };
}
