// Puts the parts of PDF.js that it loads by itself at run time (workers, character maps, fonts, decoders) under
// /assets/pdfjs-<version>/: served by us, never from a public network, and cacheable for ever because the version is in the name.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import type { Plugin } from "vite";

const require = createRequire(import.meta.url);
const root = dirname(require.resolve("pdfjs-dist/package.json"));
const version = (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string }).version;

/** Address of the folder, without a slash at the end. src/pdf/engine.ts gets it as the constant __PDFJS__. */
export const base = `assets/pdfjs-${version}`;

/** name in the folder -> file in the package. The scripting sandbox (quickjs, pdf.sandbox) is left out: we run no scripts of a PDF. */
function parts(): Map<string, string> {
  const out = new Map<string, string>([
    ["pdf.worker.mjs", join(root, "legacy/build/pdf.worker.min.mjs")],
    ["pdf.renderer.mjs", join(root, "legacy/build/pdf.renderer.min.mjs")],
  ]);
  for (const folder of ["cmaps", "standard_fonts", "wasm", "iccs"]) {
    for (const name of readdirSync(join(root, folder))) {
      if (!name.startsWith("quickjs")) out.set(`${folder}/${name}`, join(root, folder, name));
    }
  }
  return out;
}

const types: Record<string, string> = { ".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm" };

/** The Vite plugin: emits the files in a build, answers for them in `vite dev`. */
export function pdfjsAssets(): Plugin {
  return {
    name: "ris-pdfjs-assets",
    config: () => ({ define: { __PDFJS__: JSON.stringify(`/${base}`) } }),
    generateBundle() {
      for (const [name, file] of parts()) {
        this.emitFile({ type: "asset", fileName: `${base}/${name}`, source: readFileSync(file) });
      }
    },
    configureServer(server) {
      const known = parts();
      server.middlewares.use(`/${base}/`, (req, res, next) => {
        const file = known.get((req.url ?? "").split("?")[0]!.replace(/^\//, ""));
        if (!file) return next();
        res.setHeader("Content-Type", types[extname(file)] ?? "application/octet-stream");
        res.end(readFileSync(file));
      });
    },
  };
}
