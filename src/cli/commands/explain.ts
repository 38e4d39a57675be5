/** `mapscope explain`: what a rule, a figure, a map type, a format or an error code means. */
import type { Command } from "commander";
import { safeText } from "../../report/parts/safe-text.ts";
import { EXIT } from "../exit-codes.ts";
import { nearest } from "../nearest.ts";
import { listDocs, readDocsPage } from "../package-files.ts";
import type { Context } from "../program.ts";
import { UsageError } from "../usage-error.ts";

/** Folders of docs with a page for each thing. */
const FOLDERS = ["rules", "map-types", "formats"];

export function defineExplain(program: Command, { io, finish }: Context): void {
  program
    .command("explain")
    .description("explain a rule, a figure, a map type, a format or an error code")
    .argument("[topic]", "idle-preallocation, residentBytes, percpu_array, truncated, ...")
    .action(async (topic: string | undefined) => {
      const topics = await topicsByName();
      if (topic === undefined) {
        io.stdout.write(`${[...topics.keys()].sort().join("\n")}\n`);
        return finish(EXIT.done);
      }
      const text = await topics.get(topic)?.();
      if (text === undefined) {
        const guess = nearest(topic, [...topics.keys()]);
        throw new UsageError(
          `nothing is known of ${safeText(topic)}`,
          guess === undefined ? "`mapscope explain` lists all topics." : `Did you mean ${guess}?`,
        );
      }
      io.stdout.write(`${text.trimEnd()}\n`);
      return finish(EXIT.done);
    });
}

type Topics = Map<string, () => Promise<string | undefined>>;

async function topicsByName(): Promise<Topics> {
  const [{ FIGURE_MEANING }, { ERROR_CODES }, { PRESETS, NO_POOL }] = await Promise.all([
    import("../../analyze/analysis.ts"),
    import("../../base/error-codes.ts"),
    import("../../model/scaling/presets.ts"),
  ]);
  const topics: Topics = new Map();
  for (const [code, meaning] of Object.entries(ERROR_CODES)) {
    topics.set(code, async () => `${code}: ${meaning}`);
  }
  for (const [figure, meaning] of Object.entries(FIGURE_MEANING)) {
    topics.set(figure, async () => `${figure}: ${meaning}`);
  }
  for (const topic of ["policy", "scaling", ...PRESETS.map((it) => it.name), NO_POOL.name]) {
    topics.set(topic, () => readDocsPage("scaling.md"));
  }
  for (const folder of FOLDERS) {
    for (const page of await listDocs(folder)) {
      topics.set(page, () => readDocsPage(`${folder}/${page}.md`));
    }
  }
  return topics;
}
