/** `npm run test:browser`: tests in a real Chromium, which has to be installed (Debian: `apt-get install chromium`). */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/browser/**/*.browser.ts"],
    globalSetup: ["test/browser/build.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One browser at a time: pages share its processor.
    fileParallelism: false,
    expect: { requireAssertions: true },
  },
});
