/** The library as it is bundled: what is in it, what is left out of what is not used, and what it keeps in memory. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { describe, expect, test } from "vitest";
import { ROOT, read } from "../support/project-files.ts";

/** Code of a bundle of this module's text, with the modules that are in it. */
async function bundle(code: string): Promise<{ code: string; modules: string[] }> {
  const entry = "\0entry";
  const build = await rolldown({
    input: entry,
    platform: "browser",
    tsconfig: false,
    plugins: [
      {
        name: "entry",
        resolveId: (id) => {
          if (id === entry) return id;
          return id === "mapscope/btf" ? `${ROOT}src/btf/index.ts` : null;
        },
        load: (id) => (id === entry ? code : null),
      },
    ],
    onLog: () => {},
  });
  const { output } = await build.generate({ format: "esm" });
  await build.close();
  const [{ code: text, moduleIds }] = output;
  expect(output).toHaveLength(1);
  return { code: text, modules: moduleIds.map((it) => it.replace(ROOT, "")) };
}

describe("bundled for a browser", () => {
  test("the library has its own modules and the component in it, and no package", async () => {
    const { modules, code } = await bundle('export * from "mapscope/btf";');
    const outside = modules.filter(
      (it) => !/^(\0|src\/(base|btf|component)\/)/.test(it) && !it.includes("rolldown"),
    );
    expect(outside).toEqual([]);
    expect(modules.filter((it) => /arquero|vega|zod|commander/.test(it))).toEqual([]);
    expect(code).not.toMatch(/from "node:|require\("node:/);
  });

  test("what is not used is not in it", async () => {
    const { modules, code } = await bundle(
      'import { sizeOf } from "mapscope/btf"; export const size = (btf) => sizeOf(btf, 1);',
    );
    expect(modules.filter((it) => it.startsWith("src/"))).toEqual(["src/btf/size.ts"]);
    expect(code.length).toBeLessThan(8_000);
  });
});

test("package.json exports the libraries, their types, the component and the schemas", () => {
  const { exports, sideEffects } = JSON.parse(read("package.json"));
  expect(Object.keys(exports)).toEqual([
    ".",
    "./btf",
    "./schema",
    "./component.core.wasm",
    "./schemas/*.json",
    "./package.json",
  ]);
  expect(sideEffects).toBe(false);
});

const VMLINUX = "/sys/kernel/btf/vmlinux";
const why = existsSync(VMLINUX) ? "" : ` (skipped: there is no ${VMLINUX})`;

describe(`a kernel's BTF${why}`, () => {
  test.skipIf(why !== "")(
    "is opened without an object for any type, and going through keeps none",
    async () => {
      const { types, names, opened, buffers, walked, bytes } = await measured();
      expect(types).toBeGreaterThan(50_000);
      expect(names).toBeGreaterThan(types as number);
      // An object takes 50 bytes and more: 50,000 of them would be some MiB.
      expect(opened).toBeLessThan(1024 * 1024);
      expect(walked).toBeLessThan(2 * 1024 * 1024);
      // Three columns of numbers.
      expect(buffers).toBeLessThan(bytes as number);
    },
    60_000,
  );
});

/** Bytes of the heap after collections, in a process of its own with the bundled library. */
async function measured(): Promise<Record<string, number>> {
  const { code } = await bundle('export * from "mapscope/btf";');
  const folder = mkdtempSync(join(tmpdir(), "mapscope-btf-"));
  try {
    writeFileSync(join(folder, "btf.mjs"), code);
    writeFileSync(join(folder, "main.mjs"), PROGRAM);
    const core = `${ROOT}src/component/generated/parse.core.wasm`;
    const args = ["--expose-gc", join(folder, "main.mjs"), core, VMLINUX];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const PROGRAM = `
import { readFileSync } from "node:fs";
import { createParser } from "./btf.mjs";
const [core, file] = process.argv.slice(2);
const parser = await createParser(readFileSync(core));
const bytes = readFileSync(file);
const used = () => { gc(); gc(); return process.memoryUsage(); };
const before = used();
const btf = parser.parseBtf(bytes);
btf.find("task_struct", "struct");
const opened = used();
let names = 0;
for (const type of btf.types()) names += type.name.length;
const walked = used();
console.log(JSON.stringify({
  types: btf.idCount - 1,
  names,
  bytes: bytes.length,
  opened: opened.heapUsed - before.heapUsed,
  buffers: opened.arrayBuffers - before.arrayBuffers,
  walked: walked.heapUsed - before.heapUsed,
}));
`;
