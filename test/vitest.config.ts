import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", "./test/support/count-reporter.ts"],
    globalSetup: ["./test/support/prepare-index.ts"],
    setupFiles: ["./test/support/property-seed.ts"],
    testTimeout: 30_000,
    // Much of the time other processes work: one file for each core, where the default leaves a core free.
    maxWorkers: "100%",
    // CommonJS packages are imported as Node imports them.
    deps: { interopDefault: false },
  },
});
