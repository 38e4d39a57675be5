/** The JSON Schema of each kind of result, made from its zod schema. */
import { z } from "zod";
import { analysisSchema, SCHEMA_VERSION } from "./analysis.ts";
import { inspectionSchema } from "./inspection.ts";
import type { ResultKind } from "./result.ts";
import { sizingSchema } from "./sizing.ts";

const SCHEMAS: Readonly<Record<ResultKind, z.ZodType>> = {
  analysis: analysisSchema,
  objects: inspectionSchema,
  sizes: sizingSchema,
};

export function jsonSchema(kind: ResultKind): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(SCHEMAS[kind], { target: "draft-2020-12" });
  return { $schema, title: `mapscope ${kind}, version ${SCHEMA_VERSION}`, ...schema };
}
