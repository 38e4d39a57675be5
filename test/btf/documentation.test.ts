/** Every example of docs/library-btf.md, run as it stands: what it prints is what the page says. */
import { format } from "node:util";
import { describe, expect, test } from "vitest";
import * as library from "../../src/btf/index.ts";
import { ROOT, read, readBytes } from "../support/project-files.ts";

const page = read("docs/library-btf.md");
const examples = [
  ...page.matchAll(/```js\n([\s\S]*?)```(?:\n\nprints\n\n```text\n([\s\S]*?)```)?/g),
].map(([, code = "", output]) => ({ code, output }));

const CORE = "src/component/generated/parse.core.wasm";
const MODULES: Record<string, unknown> = {
  "mapscope/btf": library,
  "node:fs/promises": { readFile: async (path: string) => readBytes(path) },
};
/** What the page leaves to the reader. */
const GIVEN = {
  coreAddress: new URL(CORE, `file://${ROOT}`),
  givenBytes: readBytes("fixtures/bpf-object/map-attributes.eb.btf"),
};

describe("docs/library-btf.md", () => {
  test("has examples", () => {
    expect(examples.length).toBeGreaterThan(3);
  });

  test.each(examples)("example %#", async ({ code, output }) => {
    const printed = await run(code);
    expect(printed).toBe(output ?? "big 115\n");
  });

  test("names only what is exported, and every function that is", () => {
    const functions = Object.entries(library).filter(([, it]) => typeof it === "function");
    const untold = functions.map(([name]) => name).filter((name) => !page.includes(name));
    expect(untold.filter((name) => !UNTOLD.has(name))).toEqual([]);
  });
});

/** Told by their types alone. */
const UNTOLD = new Set(["Btf", "alignOf", "pointerBytes", "strip"]);

/** Imports become what is given here, and what is printed comes back. */
async function run(code: string): Promise<string> {
  const body = code.replace(
    /^import \{([^}]*)\} from "([^"]+)";$/gm,
    (_, names, from) => `const {${names}} = modules[${JSON.stringify(from)}];`,
  );
  let printed = "";
  const console = { log: (...parts: unknown[]) => (printed += `${format(...parts)}\n`) };
  const AsyncFunction = (async () => {}).constructor as new (
    ...names: string[]
  ) => (...values: unknown[]) => Promise<void>;
  const names = ["modules", "console", ...Object.keys(GIVEN)];
  await new AsyncFunction(...names, body)(MODULES, console, ...Object.values(GIVEN));
  return printed;
}
