import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { Analysis, AnalysisSnapshot } from "../../src/analyze/analysis.ts";
import { slotClasses } from "../../src/analyze/derived/slot-classes.ts";
import type { Inspection } from "../../src/analyze/inspection.ts";
import type { Simulation } from "../../src/analyze/schema/simulation.ts";
import type { Sizing } from "../../src/analyze/sizing.ts";
import { formatBytes, formatCount } from "../../src/base/units.ts";
import { runCli } from "../support/run-cli.ts";
import { ISSUE, viewerSuite } from "./suite.ts";
import { dropped, openViewer, showView } from "./viewer-page.ts";

const CAPTURE = "fixtures/capture-6.18/after";

const suite = viewerSuite();

async function opened(title: string, ...paths: readonly string[]) {
  const watched = await openViewer(suite.browser, suite.url);
  await dropped(watched.page, ...paths);
  await showView(watched.page, title);
  return watched;
}

async function json<Result>(...argv: readonly string[]): Promise<Result> {
  const { stdout, stderr } = await runCli([...argv, "--format", "json"]);
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

/** Cells of the row that begins with a name. */
async function row(page: Page, name: string): Promise<string[]> {
  const found = page.locator("tr", { has: page.locator(`th:text-is("${name}")`) }).first();
  return found.locator("th, td").allTextContents();
}

function rowOf({ runs }: Simulation, name: string): string[] {
  const run = runs.find((it) => it.policy.name === name);
  if (run === undefined) throw new Error(`no run of ${name}`);
  return [
    name,
    formatCount(Math.round(run.meanIdle)),
    formatBytes(run.meanIdleBytes ?? Number.NaN),
    formatCount(run.peakIdle),
    formatCount(run.peakLive),
    `${run.scaleUps}+${run.scaleIns}`,
    formatCount(run.creations),
    formatCount(run.refusals),
  ];
}

/** The policy that the page offers as a file, saved as one. */
async function policyFile(page: Page): Promise<string> {
  const text = await page.locator(".lab-file pre").textContent();
  return suite.fileOf("policy.json", JSON.stringify({ name: "yours", ...JSON.parse(text ?? "") }));
}

async function slide(page: Page, name: string, place: number): Promise<void> {
  await page.locator(`input[type="range"][name="${name}"]`).fill(String(place));
}

const verdict = (page: Page) => page.locator(".lab-verdict");

describe("the scaling lab", () => {
  test("shows what simulate says of the report's own log and policy", async () => {
    const { page, messages } = await opened("Scaling lab", ISSUE);
    await verdict(page).filter({ hasText: "kmesh-0.5 keeps" }).waitFor();
    const said = await json<Simulation>("simulate", ISSUE, "--policy", "kmesh-0.5");
    expect(await row(page, "kmesh-0.5")).toEqual(rowOf(said, "kmesh-0.5"));
    expect(messages).toEqual([]);
    await page.close();
  });

  test.each([
    ["a step of 4,096", { scaleUpStep: 12, scaleInStep: 12 }],
    ["other watermarks and a floor", { highWatermark: 90, lowWatermark: 60, floorSlots: 13 }],
    ["growth by a share", { scaleUpStep: 10, scaleUpShare: 25, initialSlots: 14, floorSlots: 14 }],
  ])("moved to %s, it shows what simulate says of the policy that it offers", async (_, places) => {
    const { page } = await opened("Scaling lab", ISSUE);
    for (const [name, place] of Object.entries(places)) await slide(page, name, place);
    await page.locator(".lab-file pre").waitFor();
    await page.waitForTimeout(500);
    const policy = await policyFile(page);
    const said = await json<Simulation>(
      ...["simulate", ISSUE, "--policy", policy, "--policy", "kmesh-0.5"],
    );
    expect(await row(page, "yours")).toEqual(rowOf(said, "yours"));
    expect(await row(page, "kmesh-0.5")).toEqual(rowOf(said, "kmesh-0.5"));
    const idle = formatCount(Math.round(said.runs[0]?.meanIdle ?? Number.NaN));
    expect(await verdict(page).textContent()).toContain(`Yours keeps ${idle} maps`);
    await page.close();
  });

  test("a ramp of services is simulate's --ramp", async () => {
    const { page } = await opened("Scaling lab", ISSUE);
    await page.getByLabel(/As in the report/).uncheck();
    await page.getByLabel("Services").fill("4000");
    await page.getByLabel("Endpoints of each").fill("3");
    await page.locator(".lab-result", { hasText: "0 to 4,000 services and back" }).waitFor();
    const said = await json<Simulation>(
      ...["simulate", "--ramp", "services:0..4000..0", "--endpoints", "3"],
      ...["--kernel", "6.1.19-7.0.0.17.oe2303.x86_64", "--possible-cpus", "8"],
    );
    expect(await row(page, "kmesh-0.5")).toEqual(rowOf(said, "kmesh-0.5"));
    await page.close();
  });

  test("what it finds is what simulate --recommend finds, and the link keeps it", async () => {
    const { page } = await opened("Scaling lab", ISSUE);
    await page.getByRole("button", { name: "Find a better one" }).click();
    await page.getByRole("heading", { name: "Recommendation" }).waitFor({ timeout: 60_000 });
    const { recommendation } = await json<Simulation>("simulate", ISSUE, "--recommend");
    const best = recommendation?.best?.policy;
    expect(JSON.parse((await page.locator(".lab-file pre").textContent()) ?? "")).toMatchObject({
      scaleUpStep: best?.scaleUpStep,
      scaleInStep: best?.scaleInStep,
      initialSlots: best?.initialSlots,
      highWatermark: best?.highWatermark,
      lowWatermark: best?.lowWatermark,
    });
    const before = await verdict(page).textContent();
    await page.reload();
    await dropped(page, ISSUE);
    await verdict(page).filter({ hasText: "Yours keeps" }).waitFor();
    expect(await verdict(page).textContent()).toBe(before);
    await page.close();
  });

  test("constants that cannot work together are told, and it goes on when they can", async () => {
    const { page, messages } = await opened("Scaling lab", ISSUE);
    await slide(page, "lowWatermark", 95);
    await verdict(page).filter({ hasText: "must be below highWatermark" }).waitFor();
    await slide(page, "lowWatermark", 20);
    await verdict(page).filter({ hasText: "Yours keeps" }).waitFor();
    expect(messages).toEqual([]);
    await page.close();
  });

  test("a slider is moved with the keyboard, and says its value", async () => {
    const { page } = await opened("Scaling lab", ISSUE);
    const slider = page.getByRole("slider", { name: /A scale-up claims/ });
    await slider.focus();
    await page.keyboard.press("ArrowLeft");
    expect(await slider.getAttribute("aria-valuetext")).toBe("16,384 slots");
    await verdict(page).filter({ hasText: "Yours keeps" }).waitFor();
    await page.close();
  });
});

test("what if: one map with other entries is what size says", async () => {
  const { page } = await opened("What if", CAPTURE);
  await page.locator('select[name="map"]').selectOption({ label: "kmesh_listener" });
  await page.locator('input[name="entries"]').fill("65536");
  const { rows } = await json<Sizing>(
    ...["size", "--type", "hash", "--key-size", "40", "--value-size", "64"],
    ...["--max-entries", "65536", "--map-flags", "0x1"],
    ...["--kernel", "5.10,6.18", "--possible-cpus", "8,128"],
  );
  for (const kernel of ["5.10", "6.18"]) {
    const cells = rows.filter((it) => it.kernel === kernel);
    await expect
      .poll(async () => (await row(page, kernel)).filter((_, at) => at === 2 || at === 4))
      .toEqual(cells.map((it) => `${formatBytes(it.preallocatedBytes ?? Number.NaN)}~`));
  }
  await page.close();
});

test("objects: what a layout loses is what inspect says", async () => {
  const object = "fixtures/bpf-object/map-attributes.el.o";
  const { page, messages } = await opened("Objects and layouts", object);
  const { objects } = await json<Inspection>("inspect", object);
  const flows = objects[0]?.maps.find((it) => it.name === "flows");
  const folded = page.locator("details", { hasText: /^flows:/ });
  await folded.locator("summary").click();
  expect(await folded.locator("summary").textContent()).toBe(
    `flows: ${flows?.padding?.bytesPerEntry} B an entry lost`,
  );
  expect(await folded.locator("svg .hole").count()).toBe(flows?.valueLayout?.holes.length);
  expect(messages).toEqual([]);
  await page.close();
});

test("programs: a map's programs alone are drawn, and the link keeps the choice", async () => {
  const { page } = await opened("Programs and maps", CAPTURE);
  await page.locator("figure svg").waitFor();
  const all = await page.locator("figure svg line").count();
  await page.locator('select[name="map"]').selectOption({ label: "kmesh_manage" });
  await expect.poll(() => page.locator("figure svg line").count()).toBeLessThan(all);
  expect(page.url()).toContain("map=");
  await page.close();
});

test("slot sizes: a slider chooses how many classes, and the table says what each choice takes", async () => {
  const { page, messages } = await opened("Slot sizes", "fixtures/capture-6.18/before");
  await page.locator("figure svg").waitFor();
  const analysis = await json<Analysis>("analyze", "fixtures/capture-6.18/before");
  const snapshot = analysis.snapshots[0] as AnalysisSnapshot;
  const [largest] = slotClasses(snapshot, { most: 8, alone: true }).sort(
    (a, b) => b.slotBytes - a.slotBytes,
  );
  const cells = await row(page, "now");
  expect(cells[1]).toBe(largest?.sizes.map(formatCount).join(", "));
  expect(await page.locator(".view tbody tr").count()).toBe(1 + (largest?.plans.length ?? 0));
  expect(messages).toEqual([]);
  await page.close();
});
