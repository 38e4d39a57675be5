/** Storage for a cgroup and attach type: kernel/bpf/local_storage.c; the older kind, without BTF. */
import { formatCount, roundUp } from "../../base/units.ts";
import { area } from "../allocators.ts";
import type { Host } from "../host.ts";
import type { MapType } from "../map-type.ts";
import { struct, type Term } from "../term.ts";
import {
  ACCESS_FLAGS,
  PERCPU_MAX,
  refuse,
  refuseEntries,
  refuseFlags,
  refuseKeySize,
  refuseNoValue,
} from "./refusals.ts";
import { perCpuValue, plainValue } from "./rounded-values.ts";

const CHECK = "cgroup_storage_map_alloc(), kernel/bpf/local_storage.c";
/** BPF_LOCAL_STORAGE_MAX_VALUE_SIZE: U16_MAX - sizeof(struct bpf_local_storage_elem), which is 128. */
const MOST_VALUE = 65_535 - 128;

export function cgroupStorageType(isPerCpu: boolean): Omit<MapType, "name" | "uapi" | "since"> {
  const most = isPerCpu ? Math.min(MOST_VALUE, PERCPU_MAX) : MOST_VALUE;
  return {
    holds: "entries",
    maxEntriesMeans: "Always 0: every cgroup that a program is attached to has one value.",
    flags: {},
    isPreallocated: () => false,
    mostEntries: () => undefined,
    entryUnknown:
      "values belong to attached programs and cgroups, which a listing of maps does not count",
    atCreation: (_definition, host) => [
      area(host, { name: "header", size: header(host), source: `${CHECK}, 4.19 to 6.18` }),
    ],
    memlock: {
      chargedPages: (_definition, host) => [header(host)],
      roundedValue: isPerCpu ? perCpuValue : plainValue,
      perType: (_definition, _live, host) => [header(host)],
    },
    *refuses(definition) {
      // struct bpf_cgroup_storage_key is 16 bytes; a cgroup id alone is 8.
      yield* refuseKeySize(definition, [8, 16], CHECK);
      yield* refuseNoValue(definition, CHECK);
      if (roundUp(definition.valueSize, isPerCpu ? 8 : 1) > most) {
        yield refuse(
          "E2BIG",
          CHECK,
          `value size ${formatCount(definition.valueSize)} is over ${formatCount(most)}`,
        );
      }
      yield* refuseFlags(definition, ["NUMA_NODE", ...ACCESS_FLAGS], CHECK);
      yield* refuseEntries(definition, CHECK);
    },
  };
}

function header(host: Host): Term {
  return struct(host.structSize("bpf_cgroup_storage_map"), "bpf_cgroup_storage_map");
}
