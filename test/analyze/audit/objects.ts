/** Objects made of definitions, for tests of the audit: one helper makes the call. */
import { audit } from "../../../src/analyze/audit/audit.ts";
import { configSchema } from "../../../src/analyze/audit/config.ts";
import type { MapDefinition } from "../../../src/model/definition.ts";
import type { ObjectFile, ObjectMap } from "../../../src/model/object-file.ts";

export const HASH: MapDefinition = {
  type: "hash",
  keySize: 4,
  valueSize: 8,
  maxEntries: 16_384,
  flags: 0,
};

export function objectOf(
  file: string,
  maps: Readonly<
    Record<
      string,
      Partial<MapDefinition> & Partial<Pick<ObjectMap, "pinning" | "slots" | "valueLayout">>
    >
  >,
): ObjectFile {
  return {
    file,
    format: "elf",
    byteOrder: "little",
    typeCount: 0,
    maps: Object.entries(maps).map(
      ([name, { pinning, slots = [], valueLayout, ...definition }]) => ({
        name,
        kernelName: name.slice(0, 15),
        definition: { ...HASH, ...definition },
        section: ".maps",
        origin: name.startsWith(".") ? "data-section" : "btf",
        programs: [],
        slots,
        isCreated: true,
        ...(pinning !== undefined && { pinning }),
        ...(valueLayout !== undefined && { valueLayout }),
      }),
    ),
    programs: [],
  };
}

interface Audited {
  readonly config?: object;
  readonly baseline?: readonly ObjectFile[];
  readonly today?: string;
}

export function auditOf(
  objects: readonly ObjectFile[],
  { config = {}, baseline, today = "2026-11-24" }: Audited = {},
) {
  return audit(
    { objects, snapshots: [] },
    {
      toolVersion: "0",
      config: configSchema.parse({ kernels: ["6.1"], ...config }),
      ...(baseline !== undefined && {
        baseline: { objects: baseline, snapshots: [], name: "before" },
      }),
      diagnostics: [],
      today,
    },
  );
}
