/** `mapspecs_by_prog.json`: every map that a Kmesh daemon of v1.2.0 or later was compiled with. */

import { kernelName } from "../../model/kernel-name.ts";
import { mapTypes } from "../../model/map-types/index.ts";
import type { ObjectMap } from "../../model/object-file.ts";
import type { StructLayout } from "../../model/struct-layout.ts";
import { defineImporter } from "../importer.ts";
import { type JsonObject, type JsonValue, jsonRecords, uint32 } from "../json-records.ts";
import { policy, redactJson } from "../redact/json.ts";
import { walkJson } from "../walk-json.ts";

const COMMAND = "scp <node>:/mnt/kmesh_mapspecs/mapspecs_by_prog.json .";

/** Names of the types' members tell of the source only. */
const KEPT = policy(
  "name type keySize valueSize maxEntries flags pinning keyInfo valueInfo members typeName offset bitfieldsize",
  { named: "maps", namedLevels: 2 },
);

export const kmeshMapspecs = defineImporter({
  id: "kmesh-mapspecs",
  title: "Kmesh map specifications",
  docs: "docs/formats/kmesh-mapspecs.md",
  priority: 42, // Told by keys that only this file has together.
  sniff: (head) =>
    head.hasKeys("maps") && /"keySize"/.test(head.text) && /"(?:key|value)Info"/.test(head.text),
  redact: redactJson(KEPT),

  async read(source, sink) {
    const maps = new Map<string, ObjectMap>();
    const layouts = new Map<string, StructLayout>();
    let skipped = 0;
    const records = jsonRecords(3, (record, [root, collection, name]) => {
      if (root !== "maps" || collection === undefined || name === undefined) return;
      const map = toMap(name, record);
      if (map === undefined) {
        skipped += 1;
        return;
      }
      // Collections share pinned maps: what is declared alike is one declaration.
      const key = JSON.stringify([map.name, map.definition]);
      if (!maps.has(key)) maps.set(key, map);
      for (const info of [record.keyInfo, record.valueInfo]) {
        for (const layout of layoutsOf(info, source.file)) layouts.set(layout.name, layout);
      }
    });
    await walkJson(source, sink, records, COMMAND);
    if (skipped > 0) {
      sink.diagnostic({
        level: "data-loss",
        code: "skipped-record",
        file: source.file,
        offset: source.offset,
        message: `${skipped} of ${skipped + maps.size} map specifications have no name, type or sizes`,
        hint: `Copy the file again: \`${COMMAND}\`.`,
      });
    }
    if (maps.size > 0) {
      sink.add("objects", [
        {
          file: source.file,
          format: "specs",
          typeCount: 0,
          maps: [...maps.values()],
          programs: [],
        },
      ]);
    }
    sink.add("structLayouts", [...layouts.values()]);
  },
});

function toMap(key: string, record: JsonObject): ObjectMap | undefined {
  const { name, type, keySize, valueSize, maxEntries, flags } = record;
  const sizes = [keySize, valueSize, maxEntries, flags].map(uint32);
  if (typeof type !== "string" || sizes.some((it) => it === undefined)) return undefined;
  const full = typeof name === "string" && name !== "" ? name : key;
  const [keyBytes, valueBytes, entries, mapFlags] = sizes as [number, number, number, number];
  return {
    name: full,
    kernelName: kernelName(full),
    definition: {
      type: bpftoolType(type),
      keySize: keyBytes,
      valueSize: valueBytes,
      maxEntries: entries,
      flags: mapFlags,
    },
    section: isSection(full) ? full : ".maps",
    origin: isSection(full) ? "data-section" : "btf",
    programs: [],
    slots: [],
    isCreated: true,
  };
}

/** A section of variables is named after itself: `.rodata`, `.bss`, `.data.x`. */
function isSection(name: string): boolean {
  return /^\.(?:rodata|bss|data)(?:\.|$)/.test(name);
}

/** cilium/ebpf prints a map type by the name of its constant: `LRUCPUHash` for the UAPI's number 10. */
const CILIUM_TYPES: readonly string[] = [
  "UnspecifiedMap",
  "Hash",
  "Array",
  "ProgramArray",
  "PerfEventArray",
  "PerCPUHash",
  "PerCPUArray",
  "StackTrace",
  "CGroupArray",
  "LRUHash",
  "LRUCPUHash",
  "LPMTrie",
  "ArrayOfMaps",
  "HashOfMaps",
  "DevMap",
  "SockMap",
  "CPUMap",
  "XSKMap",
  "SockHash",
  "CGroupStorage",
  "ReusePortSockArray",
  "PerCPUCGroupStorage",
  "Queue",
  "Stack",
  "SkStorage",
  "DevMapHash",
  "StructOpsMap",
  "RingBuf",
  "InodeStorage",
  "TaskStorage",
  "BloomFilter",
  "UserRingbuf",
  "CgroupStorage",
  "Arena",
];

/** bpftool's word; `MapType(34)` of a type without a constant becomes its number. */
function bpftoolType(type: string): string {
  const index = CILIUM_TYPES.indexOf(type);
  const uapi = index === -1 ? /^MapType\((\d+)\)$/.exec(type)?.[1] : String(index);
  return mapTypes.find((it) => String(it.uapi) === uapi)?.name ?? uapi ?? type;
}

/** A struct and those nested in it, with offsets in bits as BTF has them. */
function* layoutsOf(info: JsonValue | undefined, source: string): Generator<StructLayout> {
  if (typeof info !== "object" || info === null || Array.isArray(info)) return;
  const { name, members } = info;
  if (typeof name !== "string" || !Array.isArray(members) || members.length === 0) return;
  const offsets: Record<string, number> = {};
  for (const member of members) {
    if (typeof member !== "object" || member === null || Array.isArray(member)) continue;
    const offset = uint32(member.offset);
    if (typeof member.name === "string" && offset !== undefined) offsets[member.name] = offset / 8;
  }
  yield { name: name.replace(/^_/, ""), size: Number.NaN, offsets, source };
}
