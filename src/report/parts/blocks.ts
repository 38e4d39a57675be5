/** A report before it has a form: what to say, in order. Text in it is raw; each renderer makes it safe. */
import type { Severity } from "../../analyze/analysis.ts";
import type { DiagnosticLevel } from "../../base/diagnostic.ts";
import type { EvidenceRow } from "./evidence.ts";

export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
  /** Where width is short, the column with the highest number goes first; 0 stays always. */
  readonly drop: number;
}

export type Block =
  /** One line; the first of the texts that fits is taken. */
  | { readonly kind: "verdict"; readonly texts: readonly string[] }
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "table"; readonly columns: readonly Column[]; readonly rows: readonly Row[] }
  | { readonly kind: "list"; readonly items: readonly ListItem[] }
  | { readonly kind: "findings"; readonly items: readonly FindingItem[] };

export type Row = readonly string[];

export interface ListItem {
  readonly lead?: string;
  readonly level?: DiagnosticLevel;
  readonly text: string;
}

export interface FindingItem {
  readonly severity: Severity;
  readonly rule: string;
  /** What the rule finds, in words; for pages that have room for both. */
  readonly title?: string;
  /** Where it was found, and in which other snapshots too. */
  readonly where: string;
  readonly saves: string | undefined;
  readonly message: string;
  /** Absent with its page where the finding is told in brief. */
  readonly recommendation?: string;
  readonly docs?: string;
  /** For pages that can fold it. */
  readonly evidence?: readonly EvidenceRow[];
}
