/** What if: the maps of this snapshot on another kernel, with other CPUs, or one of them with other entries. */
import type { AnalysisFamily } from "../../analyze/analysis.ts";
import { familyLabel } from "../../analyze/family-label.ts";
import type { SizingRow } from "../../analyze/sizing.ts";
import { formatBytes, formatCount } from "../../base/units.ts";
import { tableOf } from "../../report/html/blocks.ts";
import { element, type Html, text } from "../../report/html/markup.ts";
import { fromHtml } from "../parts/dom.ts";
import { defineView, type ViewContext } from "../view.ts";

/** Kernels that distributions stand on; the model's measured rows are of these. */
const KERNELS = ["5.10", "6.1", "6.6", "6.12", "6.18"];
const CPUS = [2, 8, 32, 128];
/** Families priced at once; the rest is small. */
const MOST = 400;

type Priced = AnalysisFamily & {
  readonly type: string;
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
};

export const whatIf = defineView({
  id: "what-if",
  title: "What if",
  question: "What would these maps take on another kernel, with more CPUs, or with other entries?",
  absent: ({ snapshot }) =>
    snapshot.families.some(isPriced)
      ? undefined
      : "No map's type and sizes are known here. Add `bpftool -j map show` of the host.",
  async mount(place, context) {
    const families = context.snapshot.families.filter(isPriced).slice(0, MOST);
    place.append(fromHtml(form(families, context) + element("div", { class: "what-if" }, [])));
    const box = place.querySelector<HTMLElement>(".what-if");
    const select = place.querySelector<HTMLSelectElement>("select");
    const entries = place.querySelector<HTMLInputElement>('input[name="entries"]');
    if (box === null || select === null || entries === null) return;
    let asked: AbortController | undefined;
    const draw = async () => {
      asked?.abort();
      asked = new AbortController();
      const { signal } = asked;
      const one = families.find((it) => it.id === select.value);
      const given = /^\d{1,10}$/.test(entries.value) ? Number(entries.value) : undefined;
      context.keep("map", one?.id);
      context.keep("entries", one === undefined ? undefined : given?.toString());
      entries.disabled = one === undefined;
      try {
        const html = await priced(one === undefined ? families : [one], given, context, signal);
        if (!signal.aborted && !context.signal.aborted) box.replaceChildren(fromHtml(html));
      } catch (error) {
        if (!signal.aborted)
          box.textContent = error instanceof Error ? error.message : String(error);
      }
    };
    const options = { signal: context.signal };
    select.addEventListener(
      "input",
      () => {
        entries.value = String(families.find((it) => it.id === select.value)?.maxEntries ?? "");
        void draw();
      },
      options,
    );
    entries.addEventListener("input", () => void draw(), options);
    context.signal.addEventListener("abort", () => asked?.abort());
    await draw();
  },
});

function isPriced(family: AnalysisFamily): family is Priced {
  return [family.type, family.keySize, family.valueSize, family.maxEntries].every(
    (it) => it !== null,
  );
}

function form(families: readonly Priced[], { state }: ViewContext): Html {
  const chosen = families.find((it) => it.id === state.get("map"));
  const options = families.map((it) =>
    element("option", { value: it.id, selected: it === chosen ? "" : undefined }, [
      text(`${it.count === 1 ? "" : `${formatCount(it.count)} x `}${familyLabel(it)}`),
    ]),
  );
  const value = state.get("entries") ?? (chosen === undefined ? "" : String(chosen.maxEntries));
  return element("form", { class: "lab narrow", autocomplete: "off" }, [
    element("label", {}, [
      "Maps ",
      element("select", { name: "map" }, [
        element("option", { value: "" }, [`all ${formatCount(families.length)} families`]),
        ...options,
      ]),
    ]),
    element("label", {}, [
      "max_entries ",
      element("input", { type: "number", name: "entries", value, min: 1, max: 4294967295 }, []),
    ]),
  ]);
}

async function priced(
  families: readonly Priced[],
  maxEntries: number | undefined,
  { engine, snapshot }: ViewContext,
  signal: AbortSignal,
): Promise<Html> {
  const kernels = [...new Set([...KERNELS, ...hostKernel(snapshot)])];
  const cpus = [
    ...new Set([
      ...CPUS,
      ...(snapshot.host.possibleCpus ? [snapshot.host.possibleCpus.value] : []),
    ]),
  ];
  cpus.sort((a, b) => a - b);
  const isOne = families.length === 1;
  const { rows } = await engine.size(
    {
      definitions: families.map((it) => ({
        name: familyLabel(it),
        type: it.type,
        keySize: it.keySize,
        valueSize: it.valueSize,
        maxEntries: isOne ? (maxEntries ?? it.maxEntries) : it.maxEntries,
        flags: it.flags ?? 0,
      })),
      kernels,
      possibleCpus: cpus,
    },
    { signal },
  );
  const sums = sumsOf(rows, families);
  return (
    table("Taken at creation", "preallocatedBytes", sums, kernels, cpus, snapshot) +
    table("When every map is full", "ceilingBytes", sums, kernels, cpus, snapshot) +
    refusals(rows, families)
  );
}

type SumName = "preallocatedBytes" | "ceilingBytes";

interface Sum {
  readonly bytes: number;
  /** Maps whose figure is not known. */
  readonly missing: number;
}

function sumsOf(rows: readonly SizingRow[], families: readonly Priced[]) {
  const sums = new Map<string, Sum>();
  for (const row of rows) {
    const count = families[row.index]?.count ?? 1;
    for (const name of ["preallocatedBytes", "ceilingBytes"] as const) {
      const key = `${name} ${row.kernel} ${row.possibleCpus}`;
      const { bytes, missing } = sums.get(key) ?? { bytes: 0, missing: 0 };
      const figure = row[name];
      sums.set(
        key,
        figure === undefined
          ? { bytes, missing: missing + count }
          : { bytes: bytes + figure * count, missing },
      );
    }
  }
  return sums;
}

function table(
  title: string,
  name: SumName,
  sums: ReadonlyMap<string, Sum>,
  kernels: readonly string[],
  cpus: readonly number[],
  { host }: ViewContext["snapshot"],
): Html {
  // Mostly the same maps are not known everywhere: said once then, for a table that fits.
  const most = Math.max(
    0,
    ...kernels.flatMap((kernel) =>
      cpus.map((count) => sums.get(`${name} ${kernel} ${count}`)?.missing ?? 0),
    ),
  );
  const left =
    most === 0 ? "" : `; not known for ${formatCount(most)} maps where nothing else is said`;
  const cell = (kernel: string, count: number) => {
    const sum = sums.get(`${name} ${kernel} ${count}`);
    return sum === undefined
      ? "-"
      : `${formatBytes(sum.bytes)}~${sum.missing === most ? "" : ` (not known for ${formatCount(sum.missing)})`}`;
  };
  const here = (is: boolean) => (is ? " (this host)" : "");
  const rows = kernels.map((kernel) => [
    `${kernel}${here(kernel === host.kernelRelease?.value)}`,
    ...cpus.map((count) => cell(kernel, count)),
  ]);
  const columns = [
    { title: "kernel", align: "left" as const, drop: 0 },
    ...cpus.map((count) => ({
      title: `${formatCount(count)} CPUs${here(count === host.possibleCpus?.value)}`,
      align: "right" as const,
      drop: 0,
    })),
  ];
  return (
    element("h3", {}, [text(title)]) +
    tableOf({ columns, rows }, title) +
    element("p", { class: "note" }, [
      `~ modeled, from the definitions; CPUs are possible CPUs${left}`,
    ])
  );
}

/** Why a figure is missing, once a reason. */
function refusals(rows: readonly SizingRow[], families: readonly Priced[]): Html {
  const reasons = new Map<string, string>();
  for (const { index, kernel, reason, unknown } of rows) {
    const why = reason ?? unknown.preallocatedBytes ?? unknown.ceilingBytes;
    const family = families[index];
    if (why === undefined || family === undefined) continue;
    reasons.set(`${familyLabel(family)}: ${why}`, kernel);
  }
  if (reasons.size === 0) return "";
  const items = [...reasons].map(([why, kernel]) =>
    element("li", {}, [text(`${why} (${kernel})`)]),
  );
  return element("h3", {}, ["Not known"]) + element("ul", {}, items.slice(0, 50));
}

/** The release that the model knows the host's kernel by. */
function hostKernel({ host }: ViewContext["snapshot"]): string[] {
  const release = host.kernelRelease?.value;
  return release === undefined || !/^\d+\.\d+/.test(release) ? [] : [release];
}
