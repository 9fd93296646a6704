import { defineConfig } from "vitest/config";
import { pdfjsAssets } from "./build/pdfjs_assets.ts";

// Two pages: reader.html is the shell of /app/, clerk.html of /console/. The content security policy forbids inline scripts and
// styles and data: addresses of fonts, so nothing is ever inlined.
export default defineConfig({
  base: "/",
  plugins: [pdfjsAssets()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: ["safari18", "chrome120", "firefox128"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { reader: "reader.html", clerk: "clerk.html" } },
  },
  server: {
    proxy: { "/api": "http://127.0.0.1:8080", "/auth": "http://127.0.0.1:8080" },
  },
  test: { include: ["test/unit/**/*.test.ts", "test/unit/**/*.test.tsx"], environment: "node" },
});
