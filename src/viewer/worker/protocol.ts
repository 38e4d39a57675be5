/** What goes between the page and its worker: a call, word of its progress, and one answer. */
import type { Analysis, AnalysisSnapshot } from "../../analyze/analysis.ts";
import type { Compared } from "../../analyze/compared.ts";
import type { Inspection } from "../../analyze/inspection.ts";
import type { Result } from "../../analyze/result.ts";
import type { Simulation } from "../../analyze/schema/simulation.ts";
import type { Sizing } from "../../analyze/sizing.ts";
import type {
  Format,
  HostFacts,
  Input,
  Progress,
  SimulationQuestion,
  SizeQuestion,
} from "../engine.ts";
import type { FamilySlice } from "./in-parts.ts";

/** What can be asked for, each with what it takes and what it gives. */
export interface Methods {
  analyze(inputs: readonly Input[], host: HostFacts): Analysis;
  compare(from: AnalysisSnapshot, to: AnalysisSnapshot): Compared;
  inspect(inputs: readonly Input[], host: HostFacts): Inspection;
  simulate(question: SimulationQuestion): Simulation;
  size(question: SizeQuestion): Sizing;
  render(result: Result, format: string, table?: string): string | Uint8Array;
  formats(): readonly Format[];
}
export type Method = keyof Methods;

/** One call at a time: an answer needs no number. */
export interface Call<Name extends Method = Method> {
  readonly method: Name;
  readonly args: Parameters<Methods[Name]>;
}

export type Reply =
  | { readonly kind: "progress"; readonly progress: Progress }
  /** Of an analysis that comes in parts; the answer after them is empty. */
  | { readonly kind: "head"; readonly head: Analysis }
  | { readonly kind: "slice"; readonly slice: FamilySlice }
  | { readonly kind: "result"; readonly result: unknown }
  | { readonly kind: "error"; readonly message: string; readonly hint?: string | undefined };
