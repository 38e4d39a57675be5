/** The result itself, as its schema defines it. */
import { defineRenderer } from "./renderer.ts";

export const json = defineRenderer({
  id: "json",
  title: "the whole result as JSON (see `mapscope schema`)",
  extension: ".json",
  kinds: ["analysis", "objects", "sizes"],
  render: (result) => `${escapeControls(JSON.stringify(result, null, 2))}\n`,
});

/** Characters that steer a terminal or turn text around, which JSON may hold raw: names come from the input. */
const CONTROLS = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

function escapeControls(text: string): string {
  return text.replace(CONTROLS, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
