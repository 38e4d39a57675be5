/** Holds the table of who may import whom, and the habits of the house that a machine can check. */
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { exists, filesUnder, read, trackedFiles } from "./support/project-files.ts";
import { sourceFacts } from "./support/source-facts.ts";

/** The same table as in ARCHITECTURE.md. `index` is src/index.ts and src/schema.ts, public names of the library. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  base: [],
  component: ["base"],
  btf: ["base", "component"],
  model: ["base"],
  ingest: ["base", "component", "btf", "model"],
  analyze: ["base", "model"],
  report: ["base", "analyze"],
  cli: ["base", "component", "model", "ingest", "analyze", "report"],
  viewer: ["base", "component", "model", "ingest", "analyze", "report"],
  index: ["base", "component", "model", "ingest", "analyze", "report"],
};

/** Packages, and the folders that may import them. */
const PACKAGES: Record<string, readonly string[]> = {
  arquero: ["analyze"],
  "@uwdata/flechette": ["analyze"],
  commander: ["cli"],
  vega: ["report", "viewer"],
  "vega-interpreter": ["report", "viewer"],
  "vega-lite": ["report", "viewer"],
  "jsonc-parser": ["cli"],
  picomatch: ["analyze"],
  pako: ["ingest"],
  zod: ["model", "analyze", "cli", "viewer"],
};

const MAX_LINES = 400;

const isGenerated = (path: string) => path.startsWith("src/component/generated/");
const sources = filesUnder("src").filter((path) => path.endsWith(".ts") && !isGenerated(path));
const layerOf = (path: string) =>
  path.split("/").length === 2 ? "index" : (path.split("/")[1] as string);

describe.each(sources)("%s", (path) => {
  const layer = layerOf(path);
  const facts = sourceFacts(path);

  test("imports only what its folder may", () => {
    const wrong = facts.imports.filter((specifier) => {
      if (specifier.startsWith("node:")) return layer !== "cli";
      if (!specifier.startsWith(".")) return !PACKAGES[packageOf(specifier)]?.includes(layer);
      const target = join(dirname(path), specifier);
      if (!target.startsWith("src/")) return true;
      const other = layerOf(target);
      return other !== layer && !MAY_IMPORT[layer]?.includes(other);
    });
    expect(wrong, `${layer} may import ${MAY_IMPORT[layer]?.join(", ") || "nothing"}`).toEqual([]);
  });

  test("imports files that exist, by their whole name", () => {
    const missing = facts.imports.filter(
      (specifier) => specifier.startsWith(".") && !isThere(join(dirname(path), specifier)),
    );
    expect(missing).toEqual([]);
  });

  test("says in a comment what it is responsible for", () => {
    expect(facts.comments).toBeGreaterThan(0);
  });

  if (path !== "src/cli/main.ts") {
    test("leaves the exit status to src/cli/main.ts", () => {
      expect(facts.members).not.toContain("process.exit");
      expect(facts.members).not.toContain("process.exitCode");
    });
  }
});

test("every folder of src is in the table", () => {
  expect([...new Set(sources.map(layerOf))].filter((layer) => !(layer in MAY_IMPORT))).toEqual([]);
});

test("ARCHITECTURE.md tells of every folder of src", () => {
  const text = read("ARCHITECTURE.md");
  const folders = new Set(filesUnder("src").map((path) => dirname(path)));
  folders.delete("src");
  // What lies deeper is told with the folder that it is in.
  const untold = [...folders]
    .filter((folder) => folder.split("/").length <= 3)
    .filter((folder) => !text.includes(`| \`${folder}\` | `));
  expect(untold).toEqual([]);
});

test("the table imports upwards only: no two folders import each other", () => {
  const both = Object.entries(MAY_IMPORT).flatMap(([layer, others]) =>
    others.filter((other) => MAY_IMPORT[other]?.includes(layer)).map((other) => [layer, other]),
  );
  expect(both).toEqual([]);
});

test("the model asks the map type instead of comparing its name", () => {
  const types = new Set(
    filesUnder("src/model/map-types")
      .map((path) => path.replace(/^.*\//, "").replace(/\.ts$/, "").replaceAll("-", "_"))
      .filter((name) => name !== "index"),
  );
  const branching = sources
    .filter((path) => path.startsWith("src/model/") && !path.startsWith("src/model/map-types/"))
    .flatMap((path) => sourceFacts(path).comparedTexts.map((text) => ({ path, text })))
    .filter(({ text }) => types.has(text));
  expect(branching).toEqual([]);
});

test("no file is longer than one responsibility takes", () => {
  const written = ["src", "test", "scripts", "bench", "wasm"].flatMap((folder) =>
    exists(folder) ? filesUnder(folder) : [],
  );
  const long = written
    .filter((path) => /\.(ts|mjs|rs|wit)$/.test(path))
    .filter((path) => !isGenerated(path) && !/\/(target|node_modules)\//.test(path))
    .map((path) => ({ path, lines: read(path).split("\n").length - 1 }))
    .filter(({ lines }) => lines > MAX_LINES);
  expect(long).toEqual([]);
});

test("no file is a bag: utils, helpers, misc", () => {
  expect(sources.filter((path) => /\/(utils?|helpers?|misc|common)\.ts$/.test(path))).toEqual([]);
});

/** Each pattern is written so that it does not match itself. */
const FOREIGN: Record<string, RegExp> = {
  "a path of the machine it was written on":
    /(?<![\w.$}])\/(?:wor[k]|roo[t]|home\/\w+|Users\/\w+)\//,
  "a file that is not shipped": /\bshare[d]\/(?:kmesh|kernel|formats|seeds|tools|hooks|[A-Z]+\.md)/,
  "the host of a package registry":
    /registry\.npmj[s]\.org|static\.crate[s]\.io|deb\.debia[n]\.org/,
  "how the text came about":
    /\b(?:claud[e]|anthropi[c]|chatgp[t]|language mode[l]|AI sessio[n])\b/i,
};

describe("nothing that is tracked names", () => {
  const files = trackedFiles();
  const own = (files ?? []).filter(
    (path) => !/(^|\/)(Cargo|package-lock)\.(lock|json)$/.test(path),
  );

  test.skipIf(files === undefined).each(Object.entries(FOREIGN))("%s", (_what, pattern) => {
    const naming = own.flatMap((path) => {
      const found = pattern.exec(read(path));
      return found === null ? [] : [`${path}: ${found[0]}`];
    });
    expect(naming).toEqual([]);
  });
});

/** Of some of jco's modules there are types only. */
function isThere(path: string): boolean {
  return exists(path) || (isGenerated(path) && exists(path.replace(/\.js$/, ".d.ts")));
}

function packageOf(specifier: string): string {
  const [scope, name] = specifier.split("/");
  return specifier.startsWith("@") ? `${scope}/${name}` : (scope as string);
}
