/** The library's public names, nothing else. */
export type { Analysis } from "./analyze/analysis.ts";
export { analyze } from "./analyze/analyze.ts";
export { buildSnapshot } from "./analyze/build.ts";
export { savedSnapshots } from "./analyze/saved.ts";
export { SCHEMA_VERSION } from "./analyze/schema-version.ts";
export type { Diagnostic } from "./base/diagnostic.ts";
export { InputError } from "./base/input-error.ts";
export { loadComponent } from "./component/load.ts";
export { fromBytes } from "./ingest/byte-source.ts";
export type { ByteSource } from "./ingest/importer.ts";
export { ingest, ingestEach } from "./ingest/ingest.ts";
export type { Demand } from "./model/scaling/demand.ts";
export type { ScalingPolicy } from "./model/scaling/policy.ts";
export { PRESETS as scalingPresets } from "./model/scaling/presets.ts";
export { type Bounds, type Recommendation, recommend } from "./model/scaling/recommend.ts";
export { type SimulateOptions, type SimulationRun, simulate } from "./model/scaling/simulate.ts";
export { renderers } from "./report/index.ts";
