/**
 * The public names of `mapscope/schema`, nothing else: the zod schema of an analysis, for who checks one that was saved.
 * Apart from `mapscope`, which then neither builds it nor has to be of the same zod as its user.
 */
export { type Analysis, analysisSchema } from "./analyze/analysis.ts";
export { SCHEMA_VERSION } from "./analyze/schema-version.ts";
