import { expect, test } from "vitest";
import { valueAt } from "../../../src/model/map-values.ts";
import { fixture, readReal } from "../read.ts";

test("the batch of a capture: maps, contents and programs of one file", async () => {
  const { snapshot, diagnostics } = await readReal(fixture("capture-6.1/variants/batch.json"));
  expect(diagnostics).toEqual([]);
  expect(snapshot.maps.rows).toBeGreaterThan(0);
  expect(snapshot.dumps.length).toBeGreaterThan(0);
});

test("a dump of each inner map: each is of the map that its command names, with its bytes", async () => {
  const path = "kmesh-v0.5.0-node/inner-maps.json";
  const { snapshot } = await readReal(fixture(path), path);
  expect(snapshot.dumps).toHaveLength(99);
  expect(snapshot.values).toHaveLength(99);
  const [first] = snapshot.values;
  expect(first).toMatchObject({
    mapId: 1001,
    keySize: 4,
    valueSize: 1300,
    entries: 1,
    complete: true,
  });
  const text = new TextDecoder().decode(first && valueAt(first, 0));
  expect(text).toBe("outbound|80||service-0.default.svc.cluster.local");
});

test("cut: whole outputs are kept, and the cut is said once", async () => {
  const bytes = fixture("kmesh-v0.5.0-node/inner-maps.json");
  const { snapshot, diagnostics } = await readReal(bytes.subarray(0, bytes.length / 2));
  expect(snapshot.values.length).toBeGreaterThan(40);
  expect(diagnostics.filter(({ level }) => level === "data-loss")).toHaveLength(1);
});

test("a command that failed is told", async () => {
  const text =
    '[{"command":["map","show","id","7"],"output":{"error":"get map by id (7): No such file or directory"}}]';
  const { diagnostics } = await readReal(text);
  expect(diagnostics.map(({ code }) => code)).toEqual(["tool-error"]);
});
