/** One HTML file to attach to an issue: no network, a strict policy, pictures drawn when it is made. */
import type { Analysis } from "../analyze/analysis.ts";
import type { Result } from "../analyze/result.ts";
import { mainSeries } from "../analyze/series.ts";
import {
  cards,
  formulaSection,
  glossarySection,
  pictures,
  treeSection,
} from "./html/analysis-sections.ts";
import { type Section, sectionsOf } from "./html/blocks.ts";
import type { Html } from "./html/markup.ts";
import { pageOf } from "./html/page.ts";
import type { Block } from "./parts/blocks.ts";
import { outlineOf } from "./parts/outlines.ts";
import { defineRenderer } from "./renderer.ts";

export const html = defineRenderer({
  id: "html",
  title: "one HTML file to look at and attach",
  extension: ".html",
  kinds: ["analysis", "audit", "comparison", "objects", "simulation", "sizes"],
  async render(result, { verbose }) {
    // A page folds and filters, so that nothing has to be left out of it.
    const [first, ...blocks] = outlineOf(result, {
      verbose: verbose || result.kind === "analysis" || result.kind === "comparison",
    });
    const verdict = first?.kind === "verdict" ? (first.texts[0] ?? "") : "";
    const extras = result.kind === "analysis" ? await analysisExtras(result) : NO_EXTRAS;
    const isEmpty = (it: Block) => it.kind === "table" && it.rows.length === 0;
    const sections = sectionsOf(
      blocks.filter((it) => !isEmpty(it)),
      "Summary",
    );
    return pageOf({
      title: `mapscope ${TITLES[result.kind]}`,
      verdict,
      tool: result.tool,
      lead: extras.lead,
      sections: [
        ...sections.filter(isCulprit),
        ...extras.pictures,
        ...sections.filter(isFindings),
        ...extras.before,
        ...sections.filter((it) => !isCulprit(it) && !isFindings(it)),
        ...extras.after,
      ],
    });
  },
});

/** Who it is comes first, seen before anything is read; then what is wrong: it is what the file is sent for. */
function isCulprit({ title }: Section): boolean {
  return ["Suspects", "What grew most"].includes(title);
}

function isFindings({ title }: Section): boolean {
  return title === "Findings";
}

const TITLES: Readonly<Record<Result["kind"], string>> = {
  analysis: "report",
  audit: "audit",
  comparison: "comparison",
  objects: "objects",
  simulation: "simulation",
  sizes: "sizes",
};

interface Extras {
  readonly lead: readonly Html[];
  readonly pictures: readonly Section[];
  readonly before: readonly Section[];
  readonly after: readonly Section[];
}

const NO_EXTRAS: Extras = { lead: [], pictures: [], before: [], after: [] };

async function analysisExtras(analysis: Analysis): Promise<Extras> {
  const last = mainSeries(analysis.snapshots).findLast((it) => it.families.length > 0);
  const drawn = await pictures(analysis);
  const some = (...sections: readonly (Section | undefined)[]) =>
    sections.filter((it) => it !== undefined);
  return {
    lead: cards(analysis),
    pictures: drawn.length === 0 ? [] : [{ id: "pictures", title: "Pictures", body: drawn }],
    before: some(last && treeSection(last)),
    after: some(last && formulaSection(last), last && glossarySection()),
  };
}
