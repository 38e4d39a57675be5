import { describe, expect, test } from "vitest";
import { views } from "../../src/viewer/views/index.ts";
import { analysisSaying, NASTY } from "../report/hostile.ts";
import { viewerSuite } from "./suite.ts";
import { dropped, openViewer, showView } from "./viewer-page.ts";

const suite = viewerSuite();

describe("the page's policy", () => {
  test("forbids eval and inline scripts", async () => {
    const { page } = await openViewer(suite.browser, suite.url);
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
    const { page } = await openViewer(suite.browser, suite.url);
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
    const { page, messages, requests } = await openViewer(suite.browser, suite.url, {
      viewport: { width: 800, height: 600 },
    });
    await dropped(page, suite.fileOf("hostile.json", JSON.stringify(analysisSaying(name))));
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
    expect(requests.filter((it) => !it.startsWith(suite.url) && !it.startsWith("blob:"))).toEqual(
      [],
    );
    await page.close();
  },
);
