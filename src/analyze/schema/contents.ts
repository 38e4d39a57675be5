/** What dumps tell of a family's entries: how long values really are, on which CPUs they are used, what they look like. */
import { z } from "zod";

const count = z.int().nonnegative();
const typed = z.json();

export const contentsSchema = z.strictObject({
  maps: z.int().positive().describe("Maps of the family that were dumped."),
  sources: z.array(z.string()).describe("Files with the dumps."),
  complete: z
    .boolean()
    .describe("False when a dump is cut: every count here is then a lower bound."),
  elements: count.describe("Entries that the dump lists; a key that came twice counts twice."),
  zeroValues: count
    .optional()
    .describe(
      "Entries whose value is zero; on a per-CPU map, on every CPU. Absent where a dump shows words in place of numbers.",
    ),
  unreadable: z
    .array(z.strictObject({ message: z.string(), count }))
    .optional()
    .describe("What bpftool said in place of values that it could not read."),
  valueLengths: z
    .array(z.strictObject({ bytes: count, values: count }))
    .optional()
    .describe(
      "How many values use how many bytes before their trailing zeros, ascending. Past 4,096 bytes a length stands for " +
        "all down to the power of two before it. On a per-CPU map every CPU's value counts.",
    ),
  valueBytes: z
    .strictObject({ median: count, p99: count, max: count })
    .optional()
    .describe("Of `valueLengths`: what half and 99 % of the values fit in, and the longest."),
  cpuSpread: z
    .strictObject({
      cpus: z.int().positive().describe("CPUs that the dump has values of."),
      median: count.describe(
        "On how many CPUs the value of an entry is not zero: the median over the entries.",
      ),
      nonZeroByCpu: z.array(count).describe("For each CPU: entries whose value there is not zero."),
      elementsByCpus: z
        .array(count)
        .describe("Entries whose value is not zero on no CPU, on one, on two, and so on."),
    })
    .optional()
    .describe("Of per-CPU maps."),
  sample: z
    .array(
      z.strictObject({
        mapId: z.int().optional(),
        index: count.describe("Entries before it in the dump."),
        key: z.string().describe("Hexadecimal."),
        value: z
          .string()
          .describe("Hexadecimal, at most 512 bytes; of a per-CPU map one CPU after the other."),
        decoded: z
          .strictObject({
            key: typed.optional(),
            value: typed.optional(),
            values: z
              .array(typed)
              .optional()
              .describe("Of a per-CPU map in place of `value`: of the first CPUs, at most 16."),
          })
          .optional()
          .describe(
            "By the types of `types`: structs by member, enumerators by name; integers past 32 bits are text.",
          ),
      }),
    )
    .optional()
    .describe(
      "Up to eight entries as they are: the first four, and others spread evenly over the dump.",
    ),
  types: z
    .strictObject({
      object: z.string().describe("The object that declares the map so."),
      key: z.string().optional(),
      value: z.string().optional(),
    })
    .optional()
    .describe(
      "What keys and values are made of, as C spells it; where an object beside the dump says it.",
    ),
  undecoded: z
    .string()
    .optional()
    .describe("Why entries are not shown by their types, though an object declares the map."),
});

export type FamilyContents = z.infer<typeof contentsSchema>;
