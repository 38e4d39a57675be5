/** Every fixture of every format, as the manifests name them: who claims it, and what its name has to do with it. */
import { describe, expect, test } from "vitest";
import { fromBytes } from "../../src/ingest/byte-source.ts";
import { detect } from "../../src/ingest/detect.ts";
import { Head } from "../../src/ingest/head.ts";
import { importers } from "../../src/ingest/importers/index.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { component } from "../support/component.ts";
import { exists, filesUnder, read, readBytes } from "../support/project-files.ts";

interface Entry {
  readonly path: string;
  readonly format: string;
}

const manifests = filesUnder("fixtures").filter((path) => path.endsWith("manifest.json"));
const entries = manifests.flatMap((path) => {
  const { files } = JSON.parse(read(path)) as { files: readonly Entry[] };
  const folder = path.replace(/manifest\.json$/, "");
  return files.map((entry) => ({ ...entry, path: folder + entry.path }));
});
const known = entries.filter(({ format }) => importers.some(({ id }) => id === format));
/** What is packed is told by its packing; what is in it, by what it is. */
const packed = importers.filter(({ unpacks }) => unpacks === true).map(({ id }) => id);
const other = entries.filter(({ format }) => !importers.some(({ id }) => id === format));

test("the manifests name files that are there", () => {
  expect(entries.filter(({ path }) => !exists(path))).toEqual([]);
  expect(known.length).toBeGreaterThan(20);
});

describe.each(known)("$path", ({ path, format }) => {
  const head = Head.of(readBytes(path));

  test(`is claimed by ${format}`, () => {
    expect(detect(head, importers)?.id).toBe(format);
  });

  test("is claimed by no other format", () => {
    const claims = importers.filter((importer) => importer.sniff(head)).map(({ id }) => id);
    expect(claims.filter((id) => id !== "markdown-issue")).toEqual(
      format === "markdown-issue" ? claims.filter((id) => id !== format) : [format],
    );
  });
});

describe.each(other)("$path ($format)", ({ path }) => {
  test("is claimed by no format of another name", () => {
    const claim = detect(Head.of(readBytes(path)), importers)?.id;
    expect([undefined, "markdown-issue", ...packed]).toContain(claim);
  });
});

/** The list of possible CPUs looks like that of the CPUs online: the name alone can tell. */
const BASIS_FROM_NAME = "possibleCpus";

/** Facts without the names of files, and without what is taken from such a name. */
function nameless(value: unknown, file: string): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, it: unknown) => {
      if (key === "name" && (it as { basis?: string } | null)?.basis === "assumed")
        return undefined;
      const claim = it as { fact?: string } | null;
      if (claim?.fact === BASIS_FROM_NAME) return { ...claim, basis: undefined };
      // libbpf names the map of a section of variables after the object's file.
      const map = it as { origin?: string } | null;
      if (map?.origin === "data-section" || map?.origin === "kconfig") {
        return { ...map, kernelName: undefined };
      }
      if (ArrayBuffer.isView(it)) return Array.from(it as Float64Array, String);
      return it;
    })
      .replaceAll(JSON.stringify(file).slice(1, -1), "unknown")
      // A packed file without a name of its own is called like the one that holds it.
      .replaceAll(`unknown!${file.replace(/^.*\/|\.gz$/g, "")}`, "unknown!unknown"),
  );
}

describe("under the name `unknown` a fixture says the same", () => {
  test.each(known)("$path", async ({ path }) => {
    const options = { component: await component() };
    const named = await ingest([fromBytes(path, readBytes(path))], options);
    const unnamed = await ingest([fromBytes("unknown", readBytes(path))], options);
    expect(nameless(unnamed, "unknown")).toEqual(nameless(named, path));
  });
});
