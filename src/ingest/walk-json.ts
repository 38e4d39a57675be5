/** Walks a source that is one JSON value, and says where it broke off. */
import type { ByteSource, FactSink } from "./importer.ts";
import { JsonEvents, type JsonHandler } from "./json-events.ts";

/** @returns whether the JSON was whole; if not, a diagnostic says where it ends. `command` makes a new one. */
export async function walkJson(
  source: ByteSource,
  sink: FactSink,
  handler: JsonHandler,
  command: string,
): Promise<boolean> {
  const events = new JsonEvents(handler);
  for await (const chunk of source.chunks()) {
    events.push(chunk);
    if (events.isBroken) break;
  }
  const end = events.finish();
  if (end === undefined) return true;
  sink.diagnostic({
    level: "data-loss",
    code: end.code,
    file: source.file,
    offset: source.offset + end.offset,
    message: `${end.message}; what stands before it is read`,
    hint: `Write it again: \`${command}\`.`,
  });
  return false;
}
