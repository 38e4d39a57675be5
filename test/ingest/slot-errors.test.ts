/** Slots without a value, as bpftool 7.1 printed them on 6.18: of a devmap, a sockmap and an xskmap that hold nothing. */
import { expect, test } from "vitest";
import { fromBytes } from "../../src/ingest/byte-source.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { component } from "../support/component.ts";

const dump = (error: string) =>
  `[{"key":["0x00","0x00","0x00","0x00"],"value":{"error":"${error}"}},{"key":["0x01","0x00","0x00","0x00"],"value":{"error":"${error}"}}]`;

test.each([
  ["devmap", "No such file or directory", "info", /^An empty slot of a devmap/],
  ["sockmap", "No space left on device", "warning", /values have 8 bytes/],
  ["xskmap", "Operation not supported", "warning", /does not let user space read/],
  ["what only root may read", "Operation not permitted", "warning", /^Run it as root/],
])("%s: %s", async (_, error, level, hint) => {
  const source = fromBytes("map-dump-1.json", new TextEncoder().encode(dump(error)));
  const { diagnostics } = await ingest([source], { component: await component() });
  const told = diagnostics.filter((it) => it.code === "tool-error");
  expect(told.length).toBeGreaterThan(0);
  for (const it of told) {
    expect(it).toMatchObject({ level, hint: expect.stringMatching(hint) });
  }
});
