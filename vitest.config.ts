/** The tests run the sources as they are: no build comes before them. */
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** They make maps and list all that the kernel has, so one goes after the other, and after all else. */
const ON_THE_KERNEL = ["test/kernel/**/*.test.ts"];

export default defineConfig({
  test: {
    // Threads start faster than processes, and nothing here changes process-wide state. So a module is loaded once a
    // thread, and not once more for each of hundreds of files, which took as long as the tests.
    pool: "threads",
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    setupFiles: ["test/support/properties.ts"],
    expect: { requireAssertions: true },
    projects: [
      {
        extends: true,
        test: {
          name: "files",
          include: ["test/**/*.test.ts"],
          exclude: ON_THE_KERNEL,
          // vitest leaves a core to itself, which on a machine of two is half of it.
          maxWorkers: Math.max(2, availableParallelism() - 1),
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "kernel",
          include: ON_THE_KERNEL,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      exclude: ["src/component/generated/**"],
    },
  },
});
