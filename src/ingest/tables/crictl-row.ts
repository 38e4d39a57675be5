/** Rows of `crictl ps` and `crictl stats`, told by the id in front: 13 digits, or 64 with `--no-trunc`. */
import type { ContainerFact } from "../../model/usage/pod-usage.ts";
import { parseHumanSize, rounded } from "../units.ts";

type Row = Omit<ContainerFact, "source" | "part">;

const PS_HEADER =
  /^\s*CONTAINER(?: ID)?\s+IMAGE\s+CREATED\s+STATE\s+NAME\s+ATTEMPT(?:\s+POD ID(?:\s+POD(?:\s+NAMESPACE)?)?)?\s*$/;
const STATS_HEADER =
  /^\s*CONTAINER(?:\s+NAME)?\s+CPU %\s+MEM\s+DISK\s+INODES(?:\s+SWAP)?(?:\s+DISK READ\s+DISK WRITE)?\s*$/;

const ID = "([0-9a-f]{13}|[0-9a-f]{64})";
const STATE = "(?:Running|Exited|Created|Unknown|CONTAINER_[A-Z]{4,10})";
/** CREATED has blanks: `2 weeks ago`, `About an hour ago`, `Less than a second ago`. */
const PS = new RegExp(
  `^\\s*${ID}\\s+\\S{1,512}\\s+(?:[A-Za-z0-9]+ ){1,5}ago\\s+${STATE}\\s+(\\S{1,253})\\s+\\d{1,9}(?:\\s+${ID}(?:\\s+(\\S{1,253})(?:\\s+(\\S{1,253}))?)?)?\\s*$`,
);
const STATS = new RegExp(
  `^\\s*${ID}\\s+(?:(\\S{1,253})\\s+)?(\\d{1,9}\\.\\d\\d)\\s+(\\S{1,16}B)\\s+\\S{1,16}B\\s+\\d{1,15}(?:\\s+\\S{1,16}B)*\\s*$`,
);
const MAX_ROW = 2000;

export function isCrictlHeader(line: string): boolean {
  return line.length <= MAX_ROW && (PS_HEADER.test(line) || STATS_HEADER.test(line));
}

/** Undefined when the line is no row of either. */
export function parseCrictlRow(line: string): Row | undefined {
  if (line.length > MAX_ROW) return undefined;
  const ps = PS.exec(line);
  if (ps) {
    const [, id = "", name = "", sandbox, pod, namespace] = ps;
    return {
      id,
      name,
      ...(sandbox !== undefined && { sandbox }),
      ...(pod !== undefined && pod !== "unknown" && { pod }),
      ...(namespace !== undefined && namespace !== "unknown" && { namespace }),
    };
  }
  const [, id, name, cpu = "", size = ""] = STATS.exec(line) ?? [];
  const memory = parseHumanSize(size);
  if (id === undefined || memory === undefined) return undefined;
  return { id, ...(name !== undefined && { name }), cpuPercent: rounded(cpu), memory };
}
