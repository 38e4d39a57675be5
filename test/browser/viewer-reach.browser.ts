import { AxeBuilder } from "@axe-core/playwright";
import { describe, expect, test } from "vitest";
import type { Analysis } from "../../src/analyze/analysis.ts";
import { findingKey } from "../../src/viewer/parts/finding-key.ts";
import { views } from "../../src/viewer/views/index.ts";
import { runCli } from "../support/run-cli.ts";
import { ISSUE, viewerSuite } from "./suite.ts";
import { drop, dropped, openViewer, showView } from "./viewer-page.ts";

const suite = viewerSuite();

describe("every view", () => {
  test("shows something of issue 945, without a word on the console or a request elsewhere", async () => {
    const { page, messages, requests } = await suite.issueOpen();
    for (const { title } of views) {
      await showView(page, title);
      await page.waitForTimeout(300);
      expect((await page.locator(".view").textContent())?.length, title).toBeGreaterThan(50);
      expect(await page.locator(".view > .problem").count(), title).toBe(0);
    }
    expect(messages).toEqual([]);
    expect(requests.filter((it) => !it.startsWith(suite.url) && !it.startsWith("blob:"))).toEqual(
      [],
    );
    await page.close();
  });

  test.each([
    ["light", 1200],
    ["dark", 1200],
    ["light", 360],
  ] as const)(
    "has nothing serious for axe-core, %s, %i px wide",
    async (colorScheme, width) => {
      const context = await suite.browser.newContext({
        colorScheme,
        viewport: { width, height: 800 },
      });
      const page = await context.newPage();
      await page.goto(suite.url);
      const expectSound = async (what: string) => {
        // There are no frames, for whose sake it would open a page of its own each time.
        const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
        const grave = violations.filter(
          (it) => it.impact === "serious" || it.impact === "critical",
        );
        expect(
          grave.map((it) => [it.id, it.nodes[0]?.html]),
          what,
        ).toEqual([]);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth,
        );
        expect(overflow, what).toBeLessThanOrEqual(0);
      };
      await expectSound("start");
      await dropped(page, ISSUE);
      for (const { title } of views) {
        await showView(page, title);
        await page.waitForTimeout(300);
        await expectSound(title);
      }
      await context.close();
    },
    180_000,
  );
});

describe("what one sees first", () => {
  test("a view begins at the top, its menu in sight; one behind the fold keeps it unfolded", async () => {
    const { page } = await suite.issueOpen({ viewport: { width: 1200, height: 500 } });
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.getByRole("link", { name: "Findings", exact: true }).click();
    await page.locator("#view-title", { hasText: "Findings" }).waitFor();
    expect(await page.evaluate(() => [scrollY, document.activeElement?.id])).toEqual([0, "main"]);
    await showView(page, "Scaling lab");
    await showView(page, "Maps");
    expect(await page.locator("#views a:visible").count()).toBe(views.length);
    await page.close();
  });

  test("no cell of the map table is cut 1200 pixels wide, but for long names", async () => {
    const { page } = await suite.issueOpen({ viewport: { width: 1200, height: 900 } });
    await showView(page, "Maps");
    const cut = () =>
      page
        .locator(".grid-row > span")
        .evaluateAll((all) => all.filter((it) => it.scrollWidth > it.clientWidth).length);
    expect(await page.locator(".grid-row > span").count()).toBeGreaterThan(200);
    expect(await cut()).toBe(0);
    expect(await page.locator(".grid").evaluate((it) => it.scrollWidth - it.clientWidth)).toBe(0);
    // It does cut where there is no room, so that the count above says something.
    await page.locator(".grid").evaluate((it) => {
      it.style.fontSize = "2rem";
      for (const row of it.querySelectorAll<HTMLElement>(".grid-row"))
        row.style.gridTemplateColumns = "repeat(11, 4rem)";
    });
    expect(await cut()).toBeGreaterThan(50);
    await page.close();
  });

  test("objects alone open with what they declare, and the overview leads there", async () => {
    const { page } = await openViewer(suite.browser, suite.url);
    await dropped(page, "fixtures/bpf-object/kmesh-v0.5.0-sockops.el.o");
    expect(await page.locator("#view-title").textContent()).toBe("Objects and layouts");
    await page.getByRole("rowheader", { name: "map_of_cluster_eps", exact: true }).waitFor();
    await showView(page, "Overview");
    await page.locator(".view").getByRole("button", { name: "Objects and layouts" }).click();
    await page.locator("#view-title", { hasText: "Objects and layouts" }).waitFor();
    await page.close();
  });

  test("a text without maps is told why at once", async () => {
    const { page } = await openViewer(suite.browser, suite.url);
    await dropped(page, suite.fileOf("notes.txt", "we saw much memory in use\n"));
    expect(await page.locator(".view").textContent()).toMatch(
      /see the diagnostics below.*Diagnostics.*notes\.txt.*bpftool -j map show/s,
    );
    await page.close();
  });
});

describe("links", () => {
  const open = async (hash: string) => {
    const { page } = await openViewer(suite.browser, `${suite.url}${hash}`);
    expect(await page.locator(".start").textContent()).toMatch(/This link leads into a report/);
    await dropped(page, ISSUE);
    return page;
  };

  test("lead to a finding of a snapshot", async () => {
    const { stdout } = await runCli(["analyze", ISSUE, "--format", "json"]);
    const { findings }: Analysis = JSON.parse(stdout);
    const finding = findings.findLast((it) => it.subject.snapshot === "before");
    if (finding === undefined) throw new Error("there is none");
    const key = encodeURIComponent(findingKey(finding));
    const page = await open(`#/findings?snapshot=before&finding=${key}`);
    expect(await page.locator("#snapshot").inputValue()).toBe("before");
    expect(await page.locator(".findings > li.chosen h3").textContent()).toContain(finding.rule);
    await page.close();
  });

  test("lead to a map, by the id that each run gives it", async () => {
    const { stdout } = await runCli(["analyze", ISSUE, "--format", "json"]);
    const { verdict }: Analysis = JSON.parse(stdout);
    const id = verdict?.suspects[0]?.family ?? "";
    const page = await open(`#/maps?map=${encodeURIComponent(id)}`);
    expect(await page.locator(".details h3").textContent()).toMatch(/131,066 unnamed inner maps/);
    await page.close();
  });

  test("keep a filter, and going back leads to where one was", async () => {
    const page = await open("#/maps?filter=ringbuf");
    expect(await page.locator(".tools output").textContent()).toMatch(/^1 of \d+ rows/);
    await page.locator("#map-filter").fill("lpm");
    await page.waitForFunction(() => location.hash.includes("filter=lpm"));
    await showView(page, "Findings");
    await page.goBack();
    expect(await page.locator("#map-filter").inputValue()).toBe("lpm");
    await page.close();
  });

  test("to what is not there say so", async () => {
    const page = await open("#/maps?map=no-such-map");
    expect(await page.locator(".details").textContent()).toMatch(/no-such-map.*is not in after/);
    await page.close();
  });
});

describe("the keyboard alone", () => {
  test("reaches every view, moves through the table and opens a map", async () => {
    const { page } = await suite.issueOpen();
    // A newcomer sees five.
    expect(await page.locator("#views a:visible").count()).toBe(5);
    const names: string[] = [];
    await page.locator("#views summary").focus();
    await page.keyboard.press("Enter");
    await page.locator("#skip").focus();
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press("Tab");
      const name = await page.evaluate(() => document.activeElement?.textContent ?? "");
      if (await page.evaluate(() => document.activeElement?.matches("#views a") === true))
        names.push(name);
    }
    expect([...new Set(names)]).toEqual(views.map((it) => it.title));
    await page.locator("#views").getByRole("link", { name: "Maps", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.locator(".grid").waitFor();
    await page.locator(".grid").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await page.locator(".details h3").textContent()).toMatch(/outer_map/);
    await page.close();
  });

  test("Escape cancels, and the dialog of a second drop closes with it", async () => {
    const { page } = await suite.issueOpen();
    await drop(page, "fixtures/capture-6.18/after");
    await page.locator("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    expect(await page.locator(".suspects").count()).toBe(1);
    await page.close();
  });
});
