/** `mapscope.config.json`: what a release may cost. The zod schema is the definition; its JSON Schema is published. */
import { z } from "zod";
import { parseKernelVersion, unmodelled } from "../../model/kernel-version.ts";
import { SIZE_FIGURES } from "../../model/size.ts";
import { SEVERITIES } from "../severity.ts";
import { budgetName } from "./budget-name.ts";
import { entriesSchema, growthSchema, sizeSchema } from "./size-text.ts";

export const LEVELS = ["off", ...SEVERITIES] as const;
export type Level = (typeof LEVELS)[number];

const oneOrMore = <T extends z.ZodType>(item: T, what: string) =>
  z
    .union([item, z.array(item).min(1)], { error: `must be ${what}, or a list of them` })
    .transform((it) => (Array.isArray(it) ? it : [it]));

/** What a glob is compiled by refuses one of more than 65,536 letters, and nobody reads one of so many. */
const MOST_LETTERS = 4096;
const globSchema = z
  .string()
  .min(1)
  .max(MOST_LETTERS, `must be of at most ${MOST_LETTERS} letters`);

const globs = oneOrMore(globSchema, "a glob").describe(
  "A glob or a list of them; * stands for any letters, {a,b} for either.",
);

const kernelSchema = z
  .string()
  .superRefine((release, context) => {
    const version = parseKernelVersion(release);
    const reason = version === undefined ? 'must be a release such as "6.1"' : unmodelled(version);
    if (reason !== undefined) context.addIssue({ code: "custom", message: reason });
  })
  .describe('A kernel release: "6.1".');

const cpusRule = "must be a number of CPUs from 1 to 8192";
const cpusSchema = z.int(cpusRule).min(1, cpusRule).max(8192, cpusRule).describe("Possible CPUs.");

const fillSchema = z
  .string()
  .min(1)
  .describe('"empty" (as created), "full", "live" (as an analysis found it), or a scale point.');

export const GROUPINGS = ["total", "map", "object", "type", "mode", "owner"] as const;

const matchShape = {
  map: globs.optional().describe("Names of maps, as declared."),
  exclude: globs.optional().describe("Names of maps that the budget leaves out."),
  object: globs
    .optional()
    .describe("Paths of objects, as given; a glob without / is of the file's name."),
  type: globs.optional().describe("Map types, in bpftool's words."),
  mode: globs.optional().describe("Names of `modes`, or the mode that was recognised."),
  owner: globs.optional().describe("Projects that the maps were recognised as."),
};

export const budgetSchema = z
  .strictObject({
    name: z.string().min(1).optional().describe("For people; made of the rest when absent."),
    ...matchShape,
    per: z
      .enum(GROUPINGS)
      .default("total")
      .describe(
        "What the limit is for: all that matches together, or each map, object, … by itself.",
      ),
    figure: z.enum(SIZE_FIGURES).describe("The number that is limited."),
    max: sizeSchema.optional(),
    maxGrowth: growthSchema.optional().describe('Over the baseline: bytes, or "10%".'),
    kernels: z.array(kernelSchema).min(1).optional().describe("Only there; else on all of them."),
    possibleCpus: z.array(cpusSchema).min(1).optional(),
    fill: oneOrMore(fillSchema, "the name of a fill")
      .optional()
      .describe("Only so filled; else as all of them."),
    level: z.enum(SEVERITIES).default("error").describe("How grave it is when missed."),
  })
  .refine((it) => it.max !== undefined || it.maxGrowth !== undefined, {
    error: "has no limit: give max, maxGrowth or both",
  });

export const waiverSchema = z
  .strictObject({
    rule: globs.optional().describe("Ids of rules."),
    budget: globs.optional().describe("Names of budgets."),
    map: globs.optional(),
    object: globs.optional(),
    reason: z.string().trim().min(1, "must say why"),
    until: z.iso
      .date("must be a day, as 2027-01-31")
      .describe("The last day on which it holds: 2027-01-31."),
  })
  .refine((it) => [it.rule, it.budget, it.map, it.object].some((of) => of !== undefined), {
    error: "waives everything: name a rule, budget, map or object",
  });

const ruleSchema = z
  .union([z.enum(LEVELS), z.tuple([z.enum(LEVELS), z.record(z.string(), z.unknown())])], {
    error: 'must be off, info, warning or error, or ["error", { … }] with options',
  })
  .describe('off, info, warning or error; with options: ["error", { … }].');

export const configSchema = z
  .strictObject({
    $schema: z.string().optional().describe("Where this file's JSON Schema is, for editors."),
    kernels: z.array(kernelSchema).min(1).default(["6.1", "6.18"]),
    possibleCpus: z.array(cpusSchema).min(1).default([8]),
    fill: z
      .array(z.enum(["empty", "full"]))
      .default(["empty", "full"])
      .describe("States that every map is costed in, besides the scale points."),
    scalePoints: z
      .record(
        z
          .string()
          .regex(/\S/, "a scale point must have a name")
          .regex(/^(?!(empty|full|live)$)/, "empty, full and live are taken"),
        z.record(globSchema, entriesSchema, {
          error: ({ code }) =>
            code === "invalid_key"
              ? undefined
              : 'must be entries for each glob of map names: { "*_service": 5000 }',
        }),
      )
      .default({})
      .describe("By name: entries for each glob of map names; a map that none matches is empty."),
    modes: z
      .record(z.string(), globs)
      .default({})
      .describe("By name: globs of the objects that are loaded together."),
    shared: z
      .array(globSchema)
      .default([])
      .describe(
        "Maps that several objects declare and one loader makes once. Those pinned by name are so anyway.",
      ),
    budgets: z.array(budgetSchema).default([]),
    rules: z.record(z.string(), ruleSchema).default({}),
    waivers: z.array(waiverSchema).default([]),
    failOn: z
      .enum([...SEVERITIES, "never"])
      .default("error")
      .describe("The least level that fails the audit."),
  })
  .superRefine(checkNames, { when: ({ issues }) => issues.length === 0 })
  .describe("Budgets for the memory of eBPF maps, for `mapscope audit`.");

/** Budgets are told apart by their names, and by what they are called where nobody named them: only once all are right. */
function checkNames(
  { scalePoints, budgets }: { scalePoints: object; budgets: readonly Budget[] },
  context: z.RefinementCtx,
): void {
  const names = budgets.map(budgetName);
  names.forEach((name, index) => {
    if (names.indexOf(name) === index) return;
    context.addIssue({
      code: "custom",
      path: ["budgets", index, "name"],
      message: `there is a budget ${JSON.stringify(name)} before, and reports could not tell them apart`,
    });
  });
  const fills = ["empty", "full", "live", ...Object.keys(scalePoints)];
  budgets.forEach(({ fill = [] }, index) => {
    for (const name of fill) {
      if (fills.includes(name)) continue;
      context.addIssue({
        code: "custom",
        path: ["budgets", index, "fill"],
        message: `there is no scale point ${JSON.stringify(name)}; known: ${fills.join(", ")}`,
      });
    }
  });
}

export type AuditConfig = z.infer<typeof configSchema>;
export type Budget = z.infer<typeof budgetSchema>;
export type Waiver = z.infer<typeof waiverSchema>;
