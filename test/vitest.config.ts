import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", "./test/support/count-reporter.ts"],
    setupFiles: ["./test/support/property-seed.ts"],
    testTimeout: 30_000,
    // CommonJS packages are imported as Node imports them.
    deps: { interopDefault: false },
  },
});
