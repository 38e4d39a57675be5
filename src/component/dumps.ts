/** The component's counts of dumps as the results that the rest of the project knows. */
import { defined, toProblem } from "./columns.ts";
import type {
  Dump as RawDump,
  DumpList as RawDumpList,
} from "./generated/interfaces/mapscope-parse-dumps.js";
import type { DumpList } from "./results.ts";

type Dump = DumpList["dumps"][number];

export function toDumpList({ dumps, problems }: RawDumpList): DumpList {
  return { dumps: dumps.map(toDump), problems: problems.map(toProblem) };
}

function toDump(raw: RawDump): Dump {
  const { elements, distinctKeys, distinctKeysExact, unreadable, keySize, valueSize } = raw;
  return {
    ...defined("mapId", raw.mapId),
    ...defined("type", raw.mapType),
    ...defined("name", raw.name),
    elements,
    distinctKeys,
    distinctKeysExact,
    nonZeroValues: raw.nonzeroValues,
    unreadable,
    keySize,
    valueSize,
    ...defined("possibleCpus", raw.possibleCpus),
    ...defined("innerMapIds", filled(raw.innerMapIds)),
    ...defined("valueU32s", filled(raw.valueU32s)),
    ...defined("errors", filled(raw.errors)),
    ...defined("valueLengths", filled(valueLengths(raw))),
    ...defined("cpuSpread", cpuSpread(raw)),
    ...defined("sample", filled(raw.sample)),
    complete: raw.complete,
  };
}

function valueLengths({ valueLengths, valueLengthCounts }: RawDump) {
  return Array.from(valueLengths, (bytes, row) => ({ bytes, values: valueLengthCounts[row] ?? 0 }));
}

function cpuSpread({ nonzeroByCpu, elementsByCpus }: RawDump): Dump["cpuSpread"] {
  if (elementsByCpus.length === 0) return undefined;
  return { nonZeroByCpu: [...nonzeroByCpu], elementsByCpus: [...elementsByCpus] };
}

/** A list, unless there is nothing in it. */
function filled<List extends { readonly length: number }>(list: List): List | undefined {
  return list.length > 0 ? list : undefined;
}
