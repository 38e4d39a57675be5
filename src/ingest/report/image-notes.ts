/** Says of a report which figures are only in its images: those cannot be read, and are not passed over in silence. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import type { ByteSource } from "../importer.ts";
import type { ReportImage } from "./prose-facts.ts";

/** Images named one by one. */
const MOST = 8;

export function imageNotes(images: readonly ReportImage[], source: ByteSource): Diagnostic[] {
  const shown = images.filter((it) => it.showsResults);
  const [first] = shown;
  if (first === undefined) return [];
  const named = shown.slice(0, MOST).map(({ target, line }) => `${target} (line ${line})`);
  const more = shown.length > MOST ? ` and ${shown.length - MOST} more` : "";
  return [
    {
      level: "info",
      code: "image-only",
      file: source.file,
      offset: source.offset + first.offset,
      path: `line ${first.line}`,
      message:
        `${shown.length === 1 ? "an image seems to show figures" : `${shown.length} images seem to show figures`}, ` +
        `which cannot be read: ${named.join(", ")}${more}`,
      hint: "Ask for the text of what they show: the output of the tool, copied or written to a file.",
    },
  ];
}
