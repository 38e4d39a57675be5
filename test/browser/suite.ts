/** What every test of the viewer begins with: a browser, the viewer on a plain web server, and a folder to write in. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { ROOT } from "../support/project-files.ts";
import { launch, type Watched } from "./chromium.ts";
import { hostViewer } from "./static-server.ts";
import { dropped, openViewer } from "./viewer-page.ts";

export const ISSUE = "fixtures/issue-945/report.md";

type PageOptions = Parameters<Browser["newPage"]>[0];

export interface ViewerSuite {
  readonly browser: Browser;
  /** Where the viewer is served. */
  readonly url: string;
  /** Writes a file; its path starts at the project's root, and is gone with the suite. */
  fileOf(name: string, text: string): string;
  /** The viewer with the report of issue 945 on it. */
  issueOpen(options?: PageOptions): Promise<Watched>;
}

/** Called once in a file: starts and ends them with its tests, which read them only while they run. */
export function viewerSuite(): ViewerSuite {
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
  return {
    get browser() {
      return browser;
    },
    get url() {
      return host.url;
    },
    fileOf(name, text) {
      writeFileSync(join(folder, name), text);
      return relative(ROOT, join(folder, name));
    },
    async issueOpen(options = {}) {
      const watched = await openViewer(browser, host.url, options);
      await dropped(watched.page, ISSUE);
      return watched;
    },
  };
}
