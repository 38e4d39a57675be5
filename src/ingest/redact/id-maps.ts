/** Reads an input once before it is copied: which of its maps hold ids of others. */

import { peek } from "../byte-source.ts";
import { detect } from "../detect.ts";
import type { ByteSource } from "../importer.ts";
import { type ReadContext, readFile } from "../read-file.ts";
import { idMapsIn } from "./known-names.ts";

/** Nothing for a pipe, which can be read once only: there the names of the catalogues must do. */
export async function readIdMaps(
  source: ByteSource,
  context: ReadContext,
): Promise<readonly string[]> {
  if (source.reopens !== true) return [];
  const { head, close } = await peek(source);
  await close();
  // The large ones, which list no maps.
  if (detect(head, context.importers)?.id === "bpftool-map-dump") return [];
  return [...idMapsIn(await readFile(source, context))];
}
