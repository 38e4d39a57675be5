/** Mails as they were sent (RFC 2045, 6.7): what goes on behind a `=` is one line, and `=C3=B6` is one character. */
import { describe, expect, test } from "vitest";
import { fromBytes } from "../../src/ingest/byte-source.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { component } from "../support/component.ts";
import { bytesOf, fixture, inChunks, readReal } from "./read.ts";
import { redactFiles } from "./redact/redact-files.ts";

const text = new TextDecoder().decode(fixture("capture-6.1/before/map-show-pinned.json"));
const LIST = JSON.stringify(JSON.parse(text));

/** As Python's `quopri` and `email` do it: at most `width` characters with the `=`, and none in the middle of `=C3`. */
function encoded(plain: string, width: number, end: string): string {
  return plain
    .split("\n")
    .map((line) => {
      const units = [...new TextEncoder().encode(line)].map((byte) =>
        byte === 0x3d || byte > 0x7e
          ? `=${byte.toString(16).toUpperCase().padStart(2, "0")}`
          : String.fromCharCode(byte),
      );
      let out = "";
      let column = 0;
      for (const [index, unit] of units.entries()) {
        const isLast = index === units.length - 1;
        if (column + unit.length > width - (isLast ? 0 : 1)) {
          out += `=${end}`;
          column = 0;
        }
        out += unit;
        column += unit.length;
      }
      return out;
    })
    .join(end);
}

const HEADER = `Subject: maps\nContent-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: quoted-printable\n\n`;
const mails: readonly (readonly [string, string, string])[] = [
  ["the list alone", "", `${LIST}\n`],
  ["a mail without its head", "", `Größer als je (a=b):\n\n${LIST}\n\nbye\n`],
  ["a mail", HEADER, `Größer als je:\n\n${LIST}\n\nbye\n`],
];
const facts = ({ maps }: Awaited<ReturnType<typeof readReal>>["snapshot"]) => [
  [...maps.id],
  [...maps.name].map((it) => maps.names[it]),
  [...maps.memlockBytes, ...maps.keySize, ...maps.valueSize, ...maps.maxEntries],
];

describe.each(mails)("%s", (_what, head, body) => {
  test.each([
    [76, "\n"],
    [76, "\r\n"],
    [78, "\n"],
  ])("broken after %i characters: every map is as it was", async (width, end) => {
    const whole = await readReal(LIST);
    const { snapshot, diagnostics } = await readReal(head + encoded(body, width, end));
    expect(facts(snapshot)).toEqual(facts(whole.snapshot));
    expect(diagnostics).toMatchObject([{ level: "info", code: "repaired" }]);
    expect(diagnostics[0]?.message).toContain("quoted-printable");
  });

  test("chunk borders mean nothing", async () => {
    const bytes = bytesOf(head + encoded(body, 76, "\r\n"));
    const whole = await readReal(bytes);
    for (const step of [1, 7, 76, 77, 78]) {
      const cuts = Array.from({ length: Math.ceil(bytes.length / step) }, (_, at) => at * step);
      const { snapshots } = await ingest([inChunks("input", bytes, cuts)], {
        component: await component(),
      });
      expect(snapshots).toMatchObject([{ maps: whole.snapshot.maps }]);
    }
  });

  test("the redacted copy has every map", async () => {
    const { copies } = await redactFiles([["mail.txt", bytesOf(head + encoded(body, 76, "\n"))]]);
    const [[file, bytes] = ["", new Uint8Array()]] = copies;
    const { maps } = (await readReal(bytes, file)).snapshot;
    const whole = (await readReal(LIST)).snapshot.maps;
    expect([...maps.memlockBytes]).toEqual([...whole.memlockBytes]);
  });
});

test.each([
  ["no line goes on", `sandbox_cgroup_only=3D\n\n${LIST}\n`],
  [
    "a `=` has no meaning of the encoding",
    `${"x".repeat(75)}=\nsandbox_cgroup_only=true\n\n${LIST}\n`,
  ],
  ["lines are longer", `${"x".repeat(75)}=\n\n${LIST}\n`],
])("no such text where %s", async (_what, report) => {
  const { diagnostics, snapshots } = await ingest([fromBytes("report.md", bytesOf(report))], {
    component: await component(),
  });
  expect(snapshots).toHaveLength(1);
  expect(diagnostics.filter(({ code }) => code === "repaired")).toEqual([]);
});
