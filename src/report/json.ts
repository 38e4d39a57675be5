/** The result itself, as its schema defines it. */
import { jsonPieces, jsonText } from "./parts/json-text.ts";
import { defineRenderer } from "./renderer.ts";

export const json = defineRenderer({
  id: "json",
  title: "the whole result as JSON (see `mapscope schema`)",
  extension: ".json",
  kinds: ["analysis", "audit", "comparison", "objects", "simulation", "sizes"],
  render: (result) => `${jsonText(result)}\n`,
  *pieces(result) {
    yield* jsonPieces(result);
    yield "\n";
  },
});
