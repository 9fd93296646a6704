// Runs the browser tests: the reader against its stand-in server, then the whole way against a demo of its own, started on a free
// port with a data folder that is thrown away. At last the same town once more, as localhost and asking after some seconds whether it is
// still the same person. RIS_E2E_URL names a running demo instead (with RIS_E2E_STEP_UP, its seconds, only that last part is run).
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const web = fileURLToPath(new URL("../..", import.meta.url));
const ready = 300_000; // ms until the town must be seeded, also on a busy machine

function vitest(env) {
  const run = spawnSync("npx", ["vitest", "run", "--config", "test/chromium/vitest.config.ts"], { cwd: web, stdio: "inherit", env: { ...process.env, ...env } });
  return run.status ?? 1;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function demo(data, host = "127.0.0.1", more = []) {
  const address = `${host}:${await freePort()}`;
  const child = spawn(join(web, "../bin/ris"), ["demo", "--listen", address, "--data", data, ...more], { stdio: ["ignore", "inherit", "inherit"] });
  let ended = false;
  const end = new Promise((resolve) => child.once("exit", () => resolve((ended = true))));
  const stop = async () => {
    child.kill("SIGINT");
    await end;
  };
  for (const until = Date.now() + ready; Date.now() < until && !ended; ) {
    const answer = await fetch(`http://${address}/readyz`).catch(() => null);
    if (answer?.status === 200) return { url: `http://${address}`, stop };
    await new Promise((r) => setTimeout(r, 500));
  }
  await stop();
  throw new Error("the demo did not get ready");
}

const stepUp = 8; // seconds: long enough to register a passkey after the sign-in on a busy machine

let status = process.env.RIS_E2E_STEP_UP ? 0 : vitest({ RIS_E2E_URL: "" });
if (process.env.RIS_E2E_URL) status ||= vitest({});
else {
  const data = mkdtempSync(join(tmpdir(), "ris-e2e-"));
  try {
    for (const [env, ...how] of [[{}], [{ RIS_E2E_STEP_UP: String(stepUp) }, "localhost", ["--step-up", `${stepUp}s`]]]) {
      if (status) break;
      const d = await demo(data, ...how);
      try {
        status = vitest({ ...env, RIS_E2E_URL: d.url });
      } finally {
        await d.stop();
      }
    }
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}
process.exit(status);
