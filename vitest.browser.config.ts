/** `npm run test:browser`: tests in a real Chromium, which has to be installed (Debian: `apt-get install chromium`). */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/browser/**/*.browser.ts"],
    globalSetup: ["test/browser/build.ts"],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // A browser a file, two at a time: a page mostly waits for the test, or the test for the page.
    maxWorkers: 2,
    // A page that computes in a worker answers when it has the time for it; vitest's own second is for pure code.
    expect: { requireAssertions: true, poll: { timeout: 30_000 } },
  },
});
