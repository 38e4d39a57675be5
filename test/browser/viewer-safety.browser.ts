/** The viewer and hostile input: its policy holds, and whatever an input says is text. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { views } from "../../src/viewer/views/index.ts";
import { analysisSaying, NASTY } from "../report/hostile.ts";
import { ROOT } from "../support/project-files.ts";
import { launch } from "./chromium.ts";
import { hostViewer } from "./static-server.ts";
import { dropped, openViewer, showView } from "./viewer-page.ts";

const ISSUE = "fixtures/issue-945/report.md";

let browser: Browser;
let host: Awaited<ReturnType<typeof hostViewer>>;
let folder: string;

beforeAll(async () => {
  browser = await launch();
  host = await hostViewer();
  folder = mkdtempSync(join(tmpdir(), "mapscope-viewer-"));
});
afterAll(async () => {
  await browser.close();
  await host.close();
  rmSync(folder, { recursive: true });
});

/** Written beside the tests' other files; its path starts at the project's root. */
function fileOf(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return relative(ROOT, join(folder, name));
}

async function _issueOpen(options = {}) {
  const watched = await openViewer(browser, host.url, options);
  await dropped(watched.page, ISSUE);
  return watched;
}

describe("the page's policy", () => {
  test("forbids eval and inline scripts", async () => {
    const { page } = await openViewer(browser, host.url);
    const error = await page.evaluate(async () => {
      const script = document.createElement("script");
      script.textContent = "window.broken = true";
      document.body.append(script);
      // What a debugger evaluates may use eval; what a timer runs is the page's own.
      return new Promise((done) =>
        setTimeout(() => {
          try {
            done(String(new Function("return 1")()));
          } catch (caught) {
            done((caught as Error).name);
          }
        }),
      );
    });
    expect(error).toBe("EvalError");
    expect(await page.evaluate(() => "broken" in window)).toBe(false);
    await page.close();
  });

  test("asks nothing of another origin", async () => {
    const { page } = await openViewer(browser, host.url);
    const answer = await page.evaluate(() =>
      fetch("http://127.0.0.1:9/").then(
        () => "answered",
        (error: Error) => error.name,
      ),
    );
    expect(answer).toBe("TypeError");
    await page.close();
  });
});

test.each([...NASTY, "<script>window.broken = true</script>", "__proto__", "x".repeat(10_000)])(
  "a name is shown as text: %j",
  async (name) => {
    const { page, messages, requests } = await openViewer(browser, host.url, {
      viewport: { width: 800, height: 600 },
    });
    await dropped(page, fileOf("hostile.json", JSON.stringify(analysisSaying(name))));
    for (const { title } of views) {
      await showView(page, title);
      await page.waitForTimeout(100);
      expect(await page.locator(".view > .problem").count(), title).toBe(0);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      expect(overflow, title).toBeLessThanOrEqual(0);
    }
    expect(await page.evaluate(() => "broken" in window)).toBe(false);
    expect(await page.locator("body script, body img, body iframe").count()).toBe(0);
    // Nothing that would turn the text around it about.
    expect(await page.locator("body").textContent()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(messages).toEqual([]);
    expect(requests.filter((it) => !it.startsWith(host.url) && !it.startsWith("blob:"))).toEqual(
      [],
    );
    await page.close();
  },
);
