// Makes src/api/schema.gen.ts from the OpenAPI document that the server writes about itself. With --check nothing is written: it
// fails when the committed file is not what the server says today.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const target = here("../../src/api/schema.gen.ts");

const document = execFileSync("go", ["run", "./cmd/ris", "openapi"], { cwd: here("../../../"), maxBuffer: 64 << 20, encoding: "utf8" });
const types = astToString(await openapiTS(JSON.parse(document), { alphabetize: true }));
const text = `// Made from the server's OpenAPI document by \`npm run api\`. Do not edit.\n\n${types}`;

if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== text) {
    console.error("src/api/schema.gen.ts is not what the server says: run `npm run api` in web/ and commit the result.");
    process.exit(1);
  }
} else writeFileSync(target, text);
