/** A line that stands in the output of a tool and is none of it is told with its place: nothing is lost silently. */
import { describe, expect, test } from "vitest";
import { fixture, readOne, readTexts } from "./read.ts";

const text = (path: string) => new TextDecoder().decode(fixture(path));
const GARBLED = "?? q#1 ~~";

/** Real output, and the first lines of it that must stay whole for its format to be known. */
const TABLES: readonly (readonly [path: string, what: string])[] = [
  ["cgtop/batch.txt", "row of systemd-cgtop"],
  ["kubectl-top/no-headers-all-namespaces.txt", "row of kubectl top"],
  ["bpffs-list/find.txt", "line of a list of a BPF file system, or its folder is not there"],
  ["bpftool-btf-dump/vmlinux-6.18.txt", "line of bpftool btf dump"],
];

describe.each(TABLES)("%s", (path, what) => {
  const lines = text(path).split("\n");
  const at = lines.length >> 1;
  const garbled = [...lines.slice(0, at), GARBLED, ...lines.slice(at)].join("\n");

  test("says nothing of a whole one", async () => {
    const { sources } = await readOne(text(path));
    expect(sources[0]?.diagnostics.filter((it) => it.code === "skipped-record")).toEqual([]);
  });

  test("tells a garbled line with its place, and what to do", async () => {
    const { sources } = await readOne(garbled);
    expect(sources[0]?.diagnostics.filter((it) => it.code === "skipped-record")).toEqual([
      expect.objectContaining({
        level: "data-loss",
        path: `line ${at + 1}`,
        offset: new TextEncoder().encode(lines.slice(0, at).join("\n")).length + 1,
        message: `this is no ${what}: "${GARBLED}"`,
        hint: expect.stringMatching(/^(?:Take|Write) it/),
      }),
    ]);
  });
});

/** One row garbled in its figures, as damage does it: wherever it stands, also last in the fence of a report. */
describe.each([
  ["crictl/ps-old.txt", "row of crictl", /[0-9a-f]{4}$/, ""],
  ["crictl/stats.txt", "row of crictl", /\d[Mk]B/, "?B"],
  ["kubectl-top/pods.txt", "row of kubectl top", /Mi\b/, "M?i"],
  ["kubectl-top/pods.txt", "row of kubectl top", /^\S+/, (name: string) => " ".repeat(name.length)],
  ["kubectl-top/all-containers-sum.txt", "row of kubectl top", /Mi\b/, "M?i"],
] as const)("a garbled row of %s", (path, what, part, by) => {
  const lines = text(path).trimEnd().split("\n");
  const rows = lines.flatMap((line, at) => (at > 0 && /^\S/.test(line) ? [at] : []));

  test.each([
    ["a file", 0, (body: string) => body],
    ["a report", 3, (body: string) => `# Report\n\n\`\`\`\n${body}\`\`\`\nbye\n`],
  ])("in %s is told, whichever it is", async (_where, above, write) => {
    for (const at of rows.filter((row) => part.test(lines[row] ?? ""))) {
      const damaged = lines.map((line, row) =>
        row === at ? line.replace(part, by as string) : line,
      );
      const { sources } = await readOne(write(`${damaged.join("\n")}\n`));
      expect(
        sources[0]?.diagnostics.filter((it) => it.code === "skipped-record"),
        damaged[at],
      ).toMatchObject([
        {
          level: "data-loss",
          path: `line ${at + 1 + above}`,
          message: expect.stringContaining(`this is no ${what}`),
        },
      ]);
    }
    expect(rows.length).toBeGreaterThan(1);
  });
});

test("a struct whose size was cut away is told, though its name is there", async () => {
  const struct = "[7] STRUCT 'bpf_map' size=296 vlen=0\n";
  const { sources } = await readOne(`${struct}[8] STRUCT 'bpf_array' si\n`);
  expect(sources[0]?.diagnostics).toMatchObject([
    { code: "skipped-record", path: "line 2", message: expect.stringContaining("'bpf_array' si") },
  ]);
});

test("of very many the first are told in full, and the rest counted", async () => {
  const pins = Array.from({ length: 5000 }, (_, at) => `/sys/fs/bpf/pin_${at}\n`).join("");
  const read = await readTexts({ "find.txt": pins + `${GARBLED}\n`.repeat(300_000) });
  const told = read.snapshots[0]?.sources[0]?.diagnostics ?? [];
  expect(told).toHaveLength(201);
  expect(told.at(-1)?.message).toBe("299800 more like this one");
  expect(read.snapshots[0]?.pinPaths).toHaveLength(5000);
});
