/** What dumps tell of the entries, in full reports only: how long values are, on how many CPUs they are used. */
import type { AnalysisFamily, AnalysisSnapshot } from "../../analyze/analysis.ts";
import { familyLabel } from "../../analyze/family-label.ts";
import type { Block } from "./blocks.ts";
import { NOT_KNOWN, plainBytes, plainCount } from "./numbers.ts";

/** Digits shown of a key and of a value. */
const DIGITS = 16;
/** Elements of each map that are shown by their types, and characters of a key or value. */
const TYPED = 2;
const TYPED_CHARACTERS = 400;

export function contentsBlocks({ families }: AnalysisSnapshot, verbose: boolean): Block[] {
  const dumped = families.flatMap((family) =>
    family.contents === undefined ? [] : [{ family, contents: family.contents }],
  );
  if (!verbose || dumped.length === 0) return [];
  return [
    { kind: "heading", text: "Contents (bytes of values up to their last that is not zero)" },
    {
      kind: "table",
      columns: [
        { title: "map", align: "left", drop: 0 },
        { title: "elements", align: "right", drop: 0 },
        { title: "zero", align: "right", drop: 0 },
        { title: "value size", align: "right", drop: 2 },
        { title: "median", align: "right", drop: 0 },
        { title: "99 %", align: "right", drop: 1 },
        { title: "longest", align: "right", drop: 0 },
        { title: "CPUs in use", align: "right", drop: 3 },
        { title: "first element", align: "left", drop: 4 },
      ],
      rows: dumped.map(({ family, contents }) => [
        familyLabel(family),
        `${plainCount(contents.elements)}${contents.complete ? "" : " (cut)"}`,
        plainCount(contents.zeroValues),
        plainBytes(family.valueSize ?? undefined),
        plainBytes(contents.valueBytes?.median),
        plainBytes(contents.valueBytes?.p99),
        plainBytes(contents.valueBytes?.max),
        contents.cpuSpread === undefined
          ? NOT_KNOWN
          : `${contents.cpuSpread.median} of ${contents.cpuSpread.cpus}`,
        firstOf(contents.sample),
      ]),
    },
    ...typedBlocks(dumped),
  ];
}

type Dumped = {
  readonly family: AnalysisFamily;
  readonly contents: NonNullable<AnalysisFamily["contents"]>;
};

/** Elements as the types of an object beside the dump say them. */
function typedBlocks(dumped: readonly Dumped[]): Block[] {
  const items = dumped.flatMap(({ family, contents }) => {
    const { types, undecoded, sample = [] } = contents;
    const lead = familyLabel(family);
    if (undecoded !== undefined) return [{ lead, text: `not decoded: ${undecoded}` }];
    if (types === undefined) return [];
    const shown = sample.filter((it) => it.decoded !== undefined).slice(0, TYPED);
    const from = `${types.key ?? NOT_KNOWN} -> ${types.value ?? NOT_KNOWN} (${types.object})`;
    return [
      { lead, text: from },
      ...shown.map(({ index, decoded }) => ({
        lead: `${lead}[${index}]`,
        text: `${typedText(decoded?.key)} = ${typedText(decoded?.value ?? decoded?.values)}`,
      })),
    ];
  });
  if (items.length === 0) return [];
  return [
    { kind: "heading", text: "Elements by their types" },
    { kind: "list", items },
  ];
}

/** One line, in the manner of C. */
function typedText(value: unknown): string {
  const text = value === undefined ? NOT_KNOWN : asText(value);
  return text.length > TYPED_CHARACTERS ? `${text.slice(0, TYPED_CHARACTERS)}…` : text;
}

function asText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(asText).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const members = Object.entries(value).map(([name, inner]) => `${name}: ${asText(inner)}`);
  return `{${members.join(", ")}}`;
}

function firstOf(sample: readonly { key: string; value: string }[] = []): string {
  const [first] = sample;
  return first === undefined ? NOT_KNOWN : `${cut(first.key)} = ${cut(first.value)}`;
}

function cut(digits: string): string {
  return digits.length > DIGITS ? `${digits.slice(0, DIGITS)}…` : digits;
}
