import { defineConfig } from "vitest/config";

// The browser tests: reader.browser.ts against the stub, *.e2e.ts against a real server named by RIS_E2E_URL.
export default defineConfig({
  test: {
    include: [process.env.RIS_E2E_URL ? "test/chromium/**/*.e2e.ts" : "test/chromium/**/*.browser.ts"],
    setupFiles: ["test/chromium/setup.ts"],
    environment: "node",
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
