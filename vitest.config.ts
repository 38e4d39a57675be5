/** The tests run the sources as they are: no build comes before them. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Threads start faster than processes, and nothing here changes process-wide state.
    pool: "threads",
    testTimeout: 20_000,
    hookTimeout: 60_000,
    setupFiles: ["test/support/properties.ts"],
    expect: { requireAssertions: true },
    coverage: {
      // V8 only: arquero reads the text of its callbacks, so they must not be instrumented.
      provider: "v8",
      include: ["src/**/*.ts"],
      exclude: ["src/component/generated/**"],
    },
  },
});
