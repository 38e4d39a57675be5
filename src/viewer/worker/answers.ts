/** What the worker does for each question: the same calls as the command line's, over blobs in place of files. */
import { analyze } from "../../analyze/analyze.ts";
import { buildSnapshot } from "../../analyze/build.ts";
import { compared } from "../../analyze/compared.ts";
import { exportTables } from "../../analyze/exports/index.ts";
import { inspect } from "../../analyze/inspect.ts";
import { inOrder, savedSnapshots } from "../../analyze/saved.ts";
import { simulation } from "../../analyze/simulation.ts";
import { sizing } from "../../analyze/sizing.ts";
import type { Component } from "../../component/load.ts";
import type { ByteSource } from "../../ingest/importer.ts";
import { ingest, ingestEach } from "../../ingest/ingest.ts";
import { resolveHost } from "../../model/infer-host.ts";
import { sizeRows } from "../../model/size.ts";
import { readDefinitionRow } from "../../model/size-definitions.ts";
import type { HostClaim } from "../../model/snapshot.ts";
import { renderers } from "../../report/index.ts";
import type { Input, Progress } from "../engine.ts";
import { ownLabels } from "./own-labels.ts";
import type { Method, Methods } from "./protocol.ts";

/** An object is of no host, so one is assumed, and said to be, unless a dump beside it tells. */
const ASSUMED: readonly HostClaim[] = [
  { fact: "kernelRelease", value: "6.18", basis: "assumed", source: "no input names a kernel" },
  { fact: "possibleCpus", value: 8, basis: "assumed", source: "no input tells the CPUs" },
];

export type Answers = {
  readonly [Name in Method]: (
    args: Parameters<Methods[Name]>,
    tell: (progress: Progress) => void,
  ) => ReturnType<Methods[Name]> | Promise<ReturnType<Methods[Name]>>;
};

export interface AnswersOptions {
  readonly component: () => Promise<Component>;
  readonly toolVersion: string;
}

export function answers({ component, toolVersion }: AnswersOptions): Answers {
  return {
    async analyze([inputs, host], tell) {
      const all = inputs.reduce((sum, { content }) => sum + content.size, 0);
      let done = 0;
      const sources = inputs.map((input) =>
        sourceOf(input, (bytes) => {
          done += bytes;
          tell({ what: `reading ${input.path}`, done: Math.min(done, all), all });
        }),
      );
      const labels = new Map(
        inputs.flatMap(({ path, snapshot }) => (snapshot === undefined ? [] : [[path, snapshot]])),
      );
      const read = await ingestEach(
        sources,
        { component: await component(), snapshotLabels: labels },
        (facts) => buildSnapshot(facts, host),
      );
      tell({ what: "judging", done: all, all });
      const fresh = read.results.map((it) => it.snapshot);
      const saved = await savedSnapshots(
        read.saved,
        fresh.map((it) => it.label),
      );
      const given = [...new Set(labels.values())];
      return analyze(ownLabels(inOrder(saved.snapshots, fresh, given), given), {
        toolVersion,
        diagnostics: [
          ...read.diagnostics,
          ...saved.diagnostics,
          ...read.results.flatMap((it) => it.diagnostics),
        ],
      });
    },

    compare: ([from, to]) => compared(analyze([from, to], { toolVersion })),

    async inspect([inputs, { kernel, possibleCpus }]) {
      const { snapshots, diagnostics } = await ingest(
        inputs.map((it) => sourceOf(it, () => {})),
        { component: await component() },
      );
      // A source beside its object declares the same maps: what is loaded is the object.
      const objects = snapshots
        .flatMap((it) => it.objects)
        .filter((it) => it.format !== "c")
        .map((it) => ({ ...it, diagnostics: diagnostics.filter(({ file }) => file === it.file) }));
      const host = resolveHost([], ASSUMED, {
        ...(kernel !== undefined && { kernel }),
        ...(possibleCpus !== undefined && { possibleCpus }),
      });
      return inspect(objects, { toolVersion, host, diagnostics: [] });
    },

    simulate: ([{ demand, policies, kernel, kernelSource, possibleCpus, recommend }], tell) =>
      simulation({
        demand,
        policies,
        withoutPool: false,
        host: { kernel, kernelSource, possibleCpus },
        run: {},
        ...(recommend !== undefined && { recommend }),
        onProgress: (done, all) => tell({ what: "policies tried", done, all }),
        toolVersion,
        diagnostics: [],
      }),

    size([{ definitions, kernels, possibleCpus }]) {
      const named = definitions.map(({ name, ...row }) => ({
        name,
        sized: readDefinitionRow(row),
      }));
      const rows = sizeRows({ definitions: named.map((it) => it.sized), kernels, possibleCpus });
      const names = named.map((it) => it.name);
      return sizing(rows, names, toolVersion, []);
    },

    async render([result, format, table]) {
      const renderer = renderers.find((it) => it.id === format && it.kinds.includes(result.kind));
      if (renderer === undefined) throw new Error(`no ${format} of the kind ${result.kind}`);
      return renderer.render(result, {
        width: 80,
        color: false,
        verbose: false,
        ...(table !== undefined && { table }),
      });
    },

    formats: () =>
      renderers.map(({ id, title, extension, kinds, holdsOneTable }) => ({
        id,
        title,
        extension,
        kinds,
        tables: holdsOneTable === true ? exportTables.map((it) => it.name) : [],
      })),
  };
}

function sourceOf({ path, content }: Input, see: (bytes: number) => void): ByteSource {
  return {
    file: path,
    offset: 0,
    bytes: content.size,
    reopens: true,
    async *chunks() {
      const reader = content.stream().getReader();
      try {
        for (;;) {
          const { done, value } = await reader.read();
          if (done) return;
          see(value.length);
          yield value;
        }
      } finally {
        await reader.cancel();
      }
    },
  };
}
