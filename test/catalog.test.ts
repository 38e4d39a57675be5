/** The four kinds of thing that grow here: each one is listed, has its page, its test and its fixture. */
import { describe, expect, test } from "vitest";
import { rules } from "../src/analyze/rules/index.ts";
import { Head } from "../src/ingest/head.ts";
import { importers } from "../src/ingest/importers/index.ts";
import { mapTypes } from "../src/model/map-types/index.ts";
import { renderers } from "../src/report/index.ts";
import { exists, filesUnder, ROOT, read, readBytes } from "./support/project-files.ts";

interface Kind {
  /** Where each has a file of its own, and the test of each mirrors it. */
  readonly folder: string;
  readonly docs: string;
  readonly listed: readonly object[];
  readonly idOf: (thing: never) => string;
  /** Told by a property that nothing else in the folder exports. */
  readonly mark: string;
  /** Second-level headings that its page has. */
  readonly headings: readonly string[];
}

const KINDS: Record<string, Kind> = {
  importer: {
    folder: "ingest/importers",
    docs: "docs/formats",
    listed: importers,
    idOf: ({ id }: { id: string }) => id,
    mark: "sniff",
    headings: ["What is read", "Traps", "Sources"],
  },
  "map type": {
    folder: "model/map-types",
    docs: "docs/map-types",
    listed: mapTypes,
    idOf: ({ name }: { name: string }) => name,
    mark: "uapi",
    headings: [
      "Attributes",
      "What it takes",
      "What kernels report",
      "What the kernel refuses",
      "Sources",
    ],
  },
  rule: {
    folder: "analyze/rules",
    docs: "docs/rules",
    listed: rules,
    idOf: ({ id }: { id: string }) => id,
    mark: "check",
    headings: [
      "What it finds",
      "Why it matters",
      "Example",
      "What to do",
      "Options",
      "When to ignore it",
      "Sources",
    ],
  },
  renderer: {
    folder: "report",
    docs: "docs/reports",
    listed: renderers,
    idOf: ({ id }: { id: string }) => id,
    mark: "render",
    headings: ["What is in it"],
  },
};

describe.each(Object.entries(KINDS))(
  "%s",
  (_kind, { folder, docs, listed, idOf, mark, headings }) => {
    const ids = listed.map((thing) => idOf(thing as never));

    test("ids are unique", () => {
      expect(ids).toEqual([...new Set(ids)]);
    });

    test("every file that defines one is in the folder's index.ts", async () => {
      const defined = await Promise.all(
        filesUnder(`src/${folder}`)
          .filter((path) => path.endsWith(".ts") && !path.endsWith("/index.ts"))
          .map((path) => import(/* @vite-ignore */ ROOT + path)),
      );
      const unlisted = defined
        .flatMap((module) => Object.values(module))
        .filter((value): value is object => typeof value === "object" && value !== null)
        .filter((value) => mark in value && !listed.includes(value))
        .map((value) => idOf(value as never));
      expect(unlisted).toEqual([]);
    });

    describe.each(ids)("%s", (id) => {
      const file = id.replaceAll("_", "-");
      const page = `${docs}/${id}.md`;

      test("has a file of its own name", () => {
        expect(exists(`src/${folder}/${file}.ts`)).toBe(true);
      });

      test("has a page with the headings, each with something below it", () => {
        const text = read(page);
        const sections = [...text.matchAll(/^## (.+)\n+((?:(?!^## ).*\n?)*)/gm)];
        expect(text).toMatch(/^# .+\n\n\S/);
        expect(sections.map((it) => it[1])).toEqual(expect.arrayContaining([...headings]));
        expect(sections.filter((it) => it[2]?.trim() === "").map((it) => it[1])).toEqual([]);
      });

      test("has a test", () => {
        expect(exists(`test/${folder}/${file}.test.ts`)).toBe(true);
      });
    });
  },
);

describe("pages", () => {
  test.each(Object.values(KINDS))("every page in $docs is of something listed", (kind) => {
    const ids = kind.listed.map((thing) => kind.idOf(thing as never));
    const stray = filesUnder(kind.docs)
      .map((path) => path.slice(kind.docs.length + 1).replace(/\.md$/, ""))
      .filter((name) => name !== "README" && !ids.includes(name));
    expect(stray).toEqual([]);
  });

  test.each(rules.map((rule) => [rule.id, rule.docs]))("rule %s names its page", (id, docs) => {
    expect(docs).toBe(`docs/rules/${id}.md`);
  });

  test.each(importers.map((importer) => [importer.id, importer.docs]))(
    "importer %s names its page",
    (id, docs) => {
      expect(docs).toBe(`docs/formats/${id}.md`);
    },
  );
});

describe("fixtures", () => {
  const heads = filesUnder("fixtures").map((path) => Head.of(readBytes(path)));

  test.each(importers.map(({ id }) => id))("%s claims at least one", (id) => {
    const importer = importers.find((it) => it.id === id);
    expect(heads.some((head) => importer?.sniff(head))).toBe(true);
  });
});
