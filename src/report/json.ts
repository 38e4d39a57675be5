/** The result itself, as its schema defines it. */
import { defineRenderer } from "./renderer.ts";

export const json = defineRenderer({
  id: "json",
  title: "the whole result as JSON (see `mapscope schema`)",
  extension: ".json",
  kinds: ["analysis", "objects", "sizes"],
  render: (result) => `${JSON.stringify(result, null, 2)}\n`,
});
