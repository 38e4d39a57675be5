/** A snapshot in the making: the inputs and facts that were found to be of one host and one time. */
import type { Facts, FileFacts } from "./facts.ts";

export interface Unit {
  /** What it is called if nothing else is called so; undefined where nothing says anything. */
  label: string | undefined;
  /** Place among the labels that the user gave. */
  readonly given: number | undefined;
  /** Place of its section in its input. */
  readonly section: number;
  readonly files: FileFacts[];
  readonly parts: Facts[];
}
