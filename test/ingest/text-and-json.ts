/** Captures of one moment in both of bpftool's forms: `<name>.txt` beside `<name>.json`. */
import { exists, filesUnder } from "../support/project-files.ts";

export function textAndJson(prefix: string): { pairs: { text: string; json: string }[] } {
  const texts = filesUnder("fixtures")
    .filter((path) => /\/capture-[^/]*\//.test(path) && path.endsWith(".txt"))
    .filter((path) => path.split("/").at(-1)?.startsWith(prefix));
  const pairs = texts.flatMap((path) => {
    const json = path.replace(/\.txt$/, ".json");
    const under = (it: string) => it.replace(/^fixtures\//, "");
    return exists(json) ? [{ text: under(path), json: under(json) }] : [];
  });
  if (pairs.length === 0) throw new Error(`no capture has ${prefix} in both forms`);
  return { pairs };
}
