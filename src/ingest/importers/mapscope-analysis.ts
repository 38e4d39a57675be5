/** A saved result of mapscope itself: handed on as it is, since only the analysis knows its schema. */
import { InputError } from "../../base/input-error.ts";
import { readAll } from "../byte-source.ts";
import { defineImporter } from "../importer.ts";
import { type JsonEnd, JsonEvents } from "../json-events.ts";
import { jsonRecords } from "../json-records.ts";

/** An analysis of 131,072 maps has a few hundred KiB: what repeats is a family. */
const MAX_BYTES = 256 * 1024 * 1024;

export const mapscopeAnalysis = defineImporter({
  id: "mapscope-analysis",
  title: "mapscope analysis (JSON)",
  docs: "docs/formats/mapscope-analysis.md",
  priority: 15, // Its keys are in no other format, and its snapshots hold words of many.
  sniff: (head) => head.hasKeys("schemaVersion", "kind", "tool"),

  async read(source, sink) {
    const { file, offset } = source;
    const { bytes, cut } = await readAll(source, MAX_BYTES);
    if (cut) {
      throw new InputError("over-limit", { file, offset }, `it has more than ${MAX_BYTES} bytes`);
    }
    const whole = parse(bytes);
    if (whole !== undefined) {
      sink.savedAnalysis({ file, json: whole });
      return;
    }
    const { json, end } = rescue(bytes);
    const place = { file, offset: offset + end.offset };
    const hint =
      "Write it again: `mapscope analyze <inputs> --format json --output analysis.json`.";
    if (json === undefined) {
      throw new InputError(end.code, place, `${end.message} before one snapshot ends`, hint);
    }
    sink.savedAnalysis({ file, json });
    sink.diagnostic({
      level: "data-loss",
      code: end.code,
      ...place,
      message: `${end.message}; the snapshots that end before it are read`,
      hint,
    });
  },
});

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}

/** The head and the snapshots that are whole, of JSON that is not. */
function rescue(bytes: Uint8Array): { json: unknown; end: JsonEnd } {
  const head: Record<string, unknown> = {};
  const snapshots: unknown[] = [];
  const tools = jsonRecords(1, (record, [key]) => {
    if (key === "tool") head.tool = record;
  });
  const records = jsonRecords(2, (record, [key]) => {
    if (key === "snapshots") snapshots.push(record);
  });
  const events = new JsonEvents({
    open(...args) {
      tools.open(...args);
      records.open(...args);
    },
    close(...args) {
      tools.close(...args);
      records.close(...args);
    },
    scalar(...args) {
      tools.scalar(...args);
      records.scalar(...args);
      const [text, key, depth, isString] = args;
      if (depth === 1 && key !== undefined && isString) head[key] = text;
    },
  });
  events.push(bytes);
  const end = events.finish() ?? {
    code: "malformed",
    offset: 0,
    message: "the JSON breaks its own rules",
  };
  return { json: snapshots.length === 0 ? undefined : { ...head, snapshots }, end };
}
