/** The JSON Schema of each kind of result, made from its zod schema. */
import { z } from "zod";
import { analysisSchema } from "./analysis.ts";
import { configSchema } from "./audit/config.ts";
import { auditSchema } from "./audit/schema.ts";
import { comparedSchema } from "./compared.ts";
import { inspectionSchema } from "./inspection.ts";
import type { ResultKind } from "./result.ts";
import { captureSchema } from "./schema/capture.ts";
import { simulationSchema } from "./schema/simulation.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";
import { sizingSchema } from "./sizing.ts";

export type SchemaName = ResultKind | "config" | "capture";

const SCHEMAS: Readonly<Record<SchemaName, z.ZodType>> = {
  config: configSchema,
  capture: captureSchema,
  audit: auditSchema,
  analysis: analysisSchema,
  objects: inspectionSchema,
  sizes: sizingSchema,
  simulation: simulationSchema,
  comparison: comparedSchema,
};

/** Sorted; each is a file of the package too, `mapscope/schemas/<name>.json`. */
export const SCHEMA_NAMES = (Object.keys(SCHEMAS) as SchemaName[]).sort();

export function jsonSchema(kind: SchemaName): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(SCHEMAS[kind], {
    target: "draft-2020-12",
    // A config is written by people: what is asked is what may stand in the file.
    io: kind === "config" ? "input" : "output",
  });
  return { $schema, title: `mapscope ${kind}, version ${SCHEMA_VERSION}`, ...schema };
}
