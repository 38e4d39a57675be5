/** First bytes -> the importer that claims the input. */
import type { Head } from "./head.ts";
import type { Importer } from "./importer.ts";

/** The first importer, by priority, that recognises the content; undefined when none does. */
export function detect(head: Head, importers: readonly Importer[]): Importer | undefined {
  return [...importers]
    .sort((a, b) => a.priority - b.priority)
    .find((importer) => importer.sniff(head));
}
