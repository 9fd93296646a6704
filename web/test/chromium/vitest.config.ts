import { defineConfig } from "vitest/config";

// The browser tests: *.browser.ts against the stub, *.e2e.ts against a real server named by RIS_E2E_URL, *.stepup.ts against one that asks
// who is there after RIS_E2E_STEP_UP seconds.
const kind = !process.env.RIS_E2E_URL ? "browser" : process.env.RIS_E2E_STEP_UP ? "stepup" : "e2e";

export default defineConfig({
  test: {
    include: [`test/chromium/**/*.${kind}.ts`],
    setupFiles: ["test/chromium/setup.ts"],
    environment: "node",
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
