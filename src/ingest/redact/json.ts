/** A redactor for a format that is JSON. */
import { kernelName } from "../../model/kernel-name.ts";
import { mapNamedBy } from "../file-name.ts";
import type { ByteSource } from "../importer.ts";
import { type Holding, type JsonPolicy, JsonText } from "./json-text.ts";
import type { Redaction } from "./redaction.ts";
import type { Redactor } from "./redactor.ts";

/** `keys`, `named` and `bytes` are words apart by blanks. */
export function policy(
  keys: string,
  more: {
    named?: string;
    namedLevels?: number;
    bytes?: string;
    allNumbers?: true;
    shapeOnly?: true;
  } = {},
): JsonPolicy {
  const set = (words: string) => new Set(words.split(/\s+/).filter((it) => it !== ""));
  return {
    keys: set(keys),
    ...(more.named !== undefined && { named: set(more.named) }),
    ...(more.namedLevels !== undefined && { namedLevels: more.namedLevels }),
    ...(more.bytes !== undefined && { bytes: set(more.bytes) }),
    ...(more.allNumbers && { allNumbers: true }),
    ...(more.shapeOnly && { shapeOnly: true }),
  };
}

export function redactJson(rules: JsonPolicy): Redactor {
  return async function* (source, head, redaction) {
    const json = new JsonText(rules, redaction, (name) => holdingOf(name, source, redaction));
    // What is left of a record whose beginning is cut off may begin inside of a string: it is left out.
    const { cutBefore = 0 } = head.json ?? {};
    let left = new TextEncoder().encode(head.text.slice(0, cutBefore)).length;
    if (left > 0) redaction.leaveOut("the rest of a record whose beginning is cut off");
    for await (const chunk of source.chunks("transient")) {
      const skipped = Math.min(left, chunk.length);
      left -= skipped;
      yield json.push(chunk.subarray(skipped));
    }
    yield json.finish();
  };
}

/** By the map's name or id, told in the dump or by its file's name. */
export function holdingOf(
  name: string | undefined,
  source: ByteSource,
  { idMaps }: Redaction,
): Holding {
  const word =
    name === undefined ? suggested(source) : name.startsWith("#") ? name : kernelName(name);
  if (word === undefined) return "values";
  return idMaps.has(word) ? "ids" : idMaps.has(`=${word}`) ? "references" : "values";
}

function suggested(source: ByteSource): string | undefined {
  const { mapId, suggestedId, name } = mapNamedBy(source);
  const id = mapId ?? suggestedId;
  if (id !== undefined) return `#${id}`;
  return name === undefined ? undefined : kernelName(name.value);
}
