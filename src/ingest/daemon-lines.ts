/**
 * Lines in which a Kmesh daemon tells of its maps, beside those of the scaling: failures, starts, restores.
 * The native ones come from deserialization_to_bpf_map.c of v0.4.0, v0.5.0 and v1.x, the others from Go.
 */
import type { DaemonEvent } from "../model/daemon-event.ts";

type Facts = Omit<DaemonEvent, "daemon" | "source" | "at">;
type Group = "subject" | "field" | "slot" | "result" | "errno" | "reason";

interface LinePattern {
  readonly kind: DaemonEvent["kind"];
  readonly pattern: RegExp;
  /** What each group is; a reason is in the words of Go. */
  readonly groups?: readonly Group[];
  /** What it is about, where the line has no words for it. */
  readonly subject?: string;
}

/** Not anchored: threads print without a lock, and v1.x puts a time and a level before the line. */
const PATTERNS: readonly LinePattern[] = [
  {
    kind: "start",
    pattern: /kmesh start with (Normal|Restart|Update|Enhanced)/i,
    groups: ["subject"],
  },
  {
    kind: "store-failed",
    pattern: /desc\.name:(\S{1,80}) field\[-?\d+ - (\S{1,80})\] handle failed:(-?\d+), errno:(\d+)/,
    groups: ["subject", "field", "result", "errno"],
  },
  {
    kind: "store-failed",
    pattern: /fieldName:(\S{1,80}), id:\d+, len:\d+ over str_max_len\(\d+\)/,
    groups: ["subject"],
  },
  { kind: "store-failed", pattern: /map entry size is too small/, subject: "value of the map" },
  {
    kind: "insert-failed",
    pattern: /\[\d+\]outter_map_insert \d+-(\d+) failed:(-?\d+)/,
    groups: ["slot", "result"],
    subject: "outer_map",
  },
  {
    kind: "insert-failed",
    pattern: /\[\d+\]outter_map_update_task \d+ failed:(-?\d+)/,
    groups: ["result"],
    subject: "outer_map",
  },
  {
    kind: "insert-failed",
    pattern: /outter_map_update failed:(-?\d+)/,
    groups: ["result"],
    subject: "outer_map",
  },
  {
    kind: "delete-failed",
    pattern: /\[\d+\]outter_map_delete \d+-(\d+) failed:(-?\d+), err:(\d+)/,
    groups: ["slot", "result", "errno"],
    subject: "outer_map",
  },
  {
    kind: "scale-up-failed",
    pattern: /inner_map_scaleup failed:(-?\d+)/,
    groups: ["result"],
    subject: "inner maps",
  },
  {
    kind: "scale-in-failed",
    pattern: /inner_map_scalein failed:(-?\d+)/,
    groups: ["result"],
    subject: "inner maps",
  },
  {
    kind: "allocation-failed",
    pattern: /alloc_map_in_map_entry failed, size:\d+/,
    subject: "size class",
  },
  { kind: "allocation-failed", pattern: /\bInvalid size:\d+/, subject: "size class" },
  {
    kind: "persist-failed",
    pattern: /inner_map_mng_persist (?:malloc failed|fopen failed:(-?\d+))/,
    groups: ["result"],
    subject: "inner maps",
  },
  { kind: "persisted", pattern: /inner_map_mng_persist succeed/, subject: "inner maps" },
  {
    kind: "restore-failed",
    pattern: /inner_map_restore (?:invalid size:\d+\/\d+|alloc failed)/,
    subject: "inner maps",
  },
  {
    kind: "restore-failed",
    pattern: /restore_by_persist_stat inconsistent (\d+): -?\d+-?-?\d*/,
    groups: ["slot"],
    subject: "inner maps",
  },
  {
    kind: "restore-failed",
    pattern: /map_restore (\d+) failed:(-?\d+)/,
    groups: ["subject", "result"],
  },
  { kind: "set-up-failed", pattern: /sem_init failed:(-?\d+)/, groups: ["result"] },
  {
    kind: "set-up-failed",
    pattern: /outter map (?:max_entries must be|type must be)/,
    subject: "outer_map",
  },
  {
    kind: "set-up-failed",
    pattern: /inva?lid MAP_ID: (\d+), errno:(\d+)/,
    groups: ["subject", "errno"],
  },
  {
    kind: "migrate-failed",
    pattern: /(?:create new|migrate) map (\S{1,160}) failed: (.*)/,
    groups: ["subject", "reason"],
  },
  {
    kind: "update-failed",
    pattern: /Update (frontend|endpoint|backend|ServiceUpdate) map failed, err:(.*)/,
    groups: ["subject", "reason"],
  },
  {
    kind: "update-failed",
    pattern: /cluster (\S{1,253}) \S{1,40} flush failed: (.*)/,
    groups: ["subject", "reason"],
  },
  {
    kind: "update-failed",
    pattern: /maglev lb update (\S{1,253}) cluster failed: (.*)/,
    groups: ["subject", "reason"],
  },
  {
    kind: "load-failed",
    pattern: /(outer map of maglev|kmesh_version map) failed,? err (?:is )?:?(.*)/,
    groups: ["subject", "reason"],
  },
  {
    kind: "load-failed",
    pattern: /(bpf Load|deserial_init|rlimit\.RemoveMemlock) failed:? ?(.*)/,
    groups: ["subject", "reason"],
  },
];

/** Part of one of those lines, so that others are not tried against every pattern. */
const TELLTALE =
  /kmesh start with|desc\.name:|over str_max_len|entry size is too small|outter.map|inner_map_|alloc_map_in_map|Invalid size|restore_by_persist|map_restore|sem_init|MAP_ID|map \S+ failed|map failed|flush failed|cluster failed|maglev failed|_version map failed|bpf Load failed|deserial_init failed|RemoveMemlock failed/;

/** What Go prints for an errno (`syscall.Errno.Error()` on Linux), where a map operation can end with it. */
const GO_ERRNOS: readonly (readonly [RegExp, number])[] = [
  [/operation not permitted/, 1],
  [/no such file or directory|key does not exist/, 2],
  [/argument list too long/, 7],
  [/cannot allocate memory/, 12],
  [/permission denied/, 13],
  [/device or resource busy/, 16],
  [/file exists|key already exists/, 17],
  [/invalid argument/, 22],
  [/too many open files in system/, 23],
  [/too many open files/, 24],
  [/no space left on device/, 28],
];

/** Undefined for a line that tells nothing of a map. */
export function parseDaemonLine(text: string): Facts | undefined {
  if (!TELLTALE.test(text)) return undefined;
  for (const { kind, pattern, groups = [], subject } of PATTERNS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const at = (group: Group) => match[groups.indexOf(group) + 1];
    const number = (group: Group) => {
      const value = groups.includes(group) ? Number(at(group)) : Number.NaN;
      return Number.isSafeInteger(value) ? value : undefined;
    };
    const field = groups.includes("field") ? `.${at("field")}` : "";
    const about = groups.includes("subject") ? `${at("subject")}${field}` : subject;
    const [slot, result] = [number("slot"), number("result")];
    const errno =
      number("errno") ?? (groups.includes("reason") ? errnoIn(at("reason")) : undefined);
    return {
      kind,
      ...(about !== undefined && { subject: about }),
      ...(slot !== undefined && { slot }),
      ...(result !== undefined && { result }),
      ...(errno !== undefined && { errno }),
    };
  }
  return undefined;
}

function errnoIn(reason: string | undefined): number | undefined {
  return GO_ERRNOS.find(([words]) => words.test(reason ?? ""))?.[1];
}
