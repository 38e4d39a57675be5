/** Calls to the worker: one at a time, in order; a cancelled one is gone, and the others do not notice. */
import { expect, test } from "vitest";
import type { Analysis } from "../../src/analyze/analysis.ts";
import type { Progress } from "../../src/viewer/engine.ts";
import { inParts } from "../../src/viewer/worker/in-parts.ts";
import type { Call, Reply } from "../../src/viewer/worker/protocol.ts";
import { WorkerEngine, type WorkerLike } from "../../src/viewer/worker-engine.ts";

class FakeWorker implements WorkerLike {
  onmessage: WorkerLike["onmessage"] = null;
  onerror: WorkerLike["onerror"] = null;
  readonly calls: Call[] = [];
  isTerminated = false;
  postMessage(call: Call): void {
    this.calls.push(call);
  }
  terminate(): void {
    this.isTerminated = true;
  }
  answer(reply: Reply): void {
    this.onmessage?.({ data: reply });
  }
}

function engineWithWorkers() {
  const workers: FakeWorker[] = [];
  const engine = new WorkerEngine(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  });
  const last = () => {
    const worker = workers.at(-1);
    if (worker === undefined) throw new Error("there is no worker");
    return worker;
  };
  return { engine, workers, last };
}

test("a call waits until the one before it is answered", async () => {
  const { engine, last } = engineWithWorkers();
  const first = engine.formats();
  const second = engine.formats();
  expect(last().calls).toHaveLength(1);
  last().answer({ kind: "result", result: ["a"] });
  expect(await first).toEqual(["a"]);
  expect(last().calls).toHaveLength(2);
  last().answer({ kind: "result", result: ["b"] });
  expect(await second).toEqual(["b"]);
});

test("progress goes to the call that runs", async () => {
  const { engine, last } = engineWithWorkers();
  const seen: Progress[] = [];
  const asked = engine.analyze([], { onProgress: (it) => seen.push(it) });
  last().answer({ kind: "progress", progress: { what: "reading", done: 1, all: 2 } });
  last().answer({ kind: "result", result: {} });
  await asked;
  expect(seen).toEqual([{ what: "reading", done: 1, all: 2 }]);
});

test("an analysis that comes in parts is told by its first part, and is whole in the end", async () => {
  const whole = withFamilies(5001, 3, 2001);
  const parts = inParts(whole);
  if (parts === undefined) throw new Error("it is not in parts");
  const { engine, last } = engineWithWorkers();
  const heads: Analysis[] = [];
  const asked = engine.analyze([], { onHead: (it) => heads.push(it) });
  last().answer({ kind: "head", head: parts.head });
  for (const slice of parts.slices()) last().answer({ kind: "slice", slice });
  last().answer({ kind: "result", result: undefined });
  expect(await asked).toEqual(whole);
  expect(heads).toEqual([parts.head]);
  expect(parts.head.snapshots.map((it) => it.families.length)).toEqual([2000, 3, 2000]);
});

test("an analysis of few families comes at once", () => {
  expect(inParts(withFamilies(2000, 1))).toBeUndefined();
});

/** @param counts families of each snapshot. */
function withFamilies(...counts: readonly number[]): Analysis {
  const snapshots = counts.map((count, at) => ({
    label: `snapshot ${at}`,
    families: Array.from({ length: count }, (_, index) => ({ id: `${at}/${index}` })),
  }));
  return { kind: "analysis", snapshots } as unknown as Analysis;
}

test("a cancelled analysis ends its worker, and another answers what waits", async () => {
  const { engine, workers, last } = engineWithWorkers();
  const cancel = new AbortController();
  const analysis = engine.analyze([], { signal: cancel.signal });
  const waiting = engine.formats();
  cancel.abort();
  await expect(analysis).rejects.toMatchObject({ name: "AbortError" });
  expect(workers.map((it) => it.isTerminated)).toEqual([true, false]);
  // What the first one says now is heard by nobody.
  workers[0]?.answer({ kind: "result", result: ["late"] });
  last().answer({ kind: "result", result: ["own"] });
  expect(await waiting).toEqual(["own"]);
});

test("a call that is cancelled before its turn is never made", async () => {
  const { engine, workers, last } = engineWithWorkers();
  const cancel = new AbortController();
  const first = engine.formats();
  const second = engine.analyze([], { signal: cancel.signal });
  cancel.abort();
  await expect(second).rejects.toMatchObject({ name: "AbortError" });
  last().answer({ kind: "result", result: [] });
  await first;
  expect(workers).toHaveLength(1);
  expect(last().calls).toHaveLength(1);
});

test("an error comes with what to do", async () => {
  const { engine, last } = engineWithWorkers();
  const asked = engine.formats();
  last().answer({ kind: "error", message: "no", hint: "Try again." });
  await expect(asked).rejects.toMatchObject({ message: "no", hint: "Try again." });
});

test("a worker that cannot be loaded fails its call, and is not asked for without end", async () => {
  const { engine, workers, last } = engineWithWorkers();
  const asked = engine.formats();
  last().onerror?.({ message: "not found" });
  await expect(asked).rejects.toThrow("not found");
  expect(workers).toHaveLength(1);
  const again = engine.formats();
  expect(workers).toHaveLength(2);
  last().answer({ kind: "result", result: [] });
  expect(await again).toEqual([]);
});
