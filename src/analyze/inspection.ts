/** The result of `inspect`: what compiled objects declare, and what each map would cost once loaded. */
import { z } from "zod";
import {
  byteFigures,
  diagnosticSchema,
  figureSchema,
  hostSchema,
  totalSchema,
} from "./analysis.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";

const definitionShape = {
  type: z.string().describe("bpftool's word."),
  keySize: z.int().nullable().describe("null: the object does not tell it."),
  valueSize: z.int().nullable(),
  maxEntries: z.int(),
  flags: z.int().describe("map_flags, as declared."),
};

export const layoutSchema = z.strictObject({
  typeName: z.string(),
  size: z.int(),
  elements: z.int().describe("Of an array, which is laid out once for all of them; else 1."),
  members: z.array(
    z.strictObject({
      name: z.string(),
      typeName: z.string(),
      bitOffset: z.int(),
      bitSize: z.int(),
      depth: z.int(),
    }),
  ),
  holes: z
    .array(
      z.strictObject({
        bitOffset: z.int(),
        bitSize: z.int(),
        depth: z.int(),
        isTrailing: z.boolean(),
      }),
    )
    .describe("Bits that hold nothing."),
  lostBits: z.int().describe("Of all holes outside of unions."),
  lostBytesWhenFull: z
    .int()
    .optional()
    .describe(
      "Whole bytes of them in a full map, of a per-CPU value on all CPUs; absent where max_entries is no limit.",
    ),
});

export const objectMapSchema = z.strictObject({
  name: z.string(),
  kernelName: z.string().describe("As a kernel shows it: at most 15 bytes."),
  ...definitionShape,
  mapExtra: z.int().optional(),
  pinning: z.string().optional(),
  inner: z.strictObject(definitionShape).optional().describe("Template of a map of maps."),
  section: z.string(),
  programs: z.array(z.string()).describe("Programs that refer to it."),
  numaNode: z.int().optional(),
  origin: z.enum(["btf", "legacy", "data-section", "kconfig", "struct-ops"]),
  slots: z
    .array(z.strictObject({ index: z.int(), name: z.string() }))
    .optional()
    .describe("Keys that the object itself fills."),
  padding: z
    .strictObject({
      bytesPerEntry: z.int(),
      bytesWhenFull: z.int().optional().describe("Absent where max_entries is no limit."),
    })
    .optional()
    .describe("Bytes of key and value that hold nothing; absent where there are none."),
  optionalFlags: z
    .int()
    .optional()
    .describe("Flags that libbpf before 1.1 adds: figures that they change are assumed."),
  refusal: z.string().optional().describe("Why libbpf refuses an object with this map."),
  isUnused: z
    .boolean()
    .optional()
    .describe(
      "No program refers to it, no other map holds it; absent where programs are not known.",
    ),
  onRequest: z.boolean().optional().describe("Loaders create it only when asked to."),
  ...byteFigures(figureSchema),
  unknown: z
    .record(z.string(), z.string())
    .optional()
    .describe("Reason for each number that is absent."),
  keyLayout: layoutSchema.optional(),
  valueLayout: layoutSchema.optional(),
});

export const objectProgramSchema = z.strictObject({
  name: z.string(),
  type: z.string(),
  section: z.string(),
  instructions: z.int(),
  loadedInstructions: z.int().describe("With every function that it calls."),
  sourceLine: z.string().optional(),
  maps: z.array(z.string()),
});

export const objectSchema = z.strictObject({
  file: z.string(),
  format: z.enum(["elf", "btf", "specs", "c"]),
  byteOrder: z.enum(["little", "big"]).optional(),
  typeCount: z.int().describe("BTF types, void not counted."),
  types: z
    .strictObject({
      kinds: z
        .array(z.strictObject({ kind: z.string(), count: z.int() }))
        .describe("In bpftool's words, the most first."),
      structs: z.array(z.strictObject({ name: z.string(), bytes: z.int() })),
      structsAre: z.enum(["what the kernel makes maps of", "the largest"]),
    })
    .optional()
    .describe("Of raw BTF: what it holds."),
  license: z.string().optional(),
  maps: z.array(objectMapSchema),
  programs: z.array(objectProgramSchema),
  diagnostics: z.array(diagnosticSchema),
});

export const inspectionSchema = z
  .strictObject({
    schemaVersion: z.literal(SCHEMA_VERSION),
    kind: z.literal("objects"),
    tool: z.strictObject({ name: z.literal("mapscope"), version: z.string() }),
    host: hostSchema.describe("The host that the maps are costed for."),
    totals: z
      .strictObject({ objects: z.int(), maps: z.int(), ...byteFigures(totalSchema) })
      .describe("Of all maps as declared; maps that several objects share are counted in each."),
    objects: z.array(objectSchema),
    diagnostics: z.array(diagnosticSchema).describe("Of inputs that are no objects."),
  })
  .describe("What compiled BPF objects declare.");

export type Inspection = z.infer<typeof inspectionSchema>;
export type InspectedObject = z.infer<typeof objectSchema>;
export type InspectedMap = z.infer<typeof objectMapSchema>;
