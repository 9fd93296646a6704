// The collector itself: what a page, a frame or a worker does against its policy is noticed, in the first page and in later ones.
import { expect, test } from "vitest";
import { launch, open, takeViolations } from "./browser";

const policy = "default-src 'none'; script-src 'self'; worker-src 'self'";
const files: Record<string, { type: string; body: string }> = {
  "/inline": { type: "text/html", body: "<!doctype html><script>window.bad = 1</script>" },
  "/image": { type: "text/html", body: '<!doctype html><img src="/foreign.png">' },
  "/worker": { type: "text/html", body: '<!doctype html><script src="/start.js"></script>' },
  "/start.js": { type: "text/javascript", body: 'new Worker("/work.js")' },
  "/work.js": { type: "text/javascript", body: 'setInterval(() => fetch("/data").catch(() => {}), 200)' },
  "/good": { type: "text/html", body: "<!doctype html><title>good</title>" },
};

test("violations are noticed", async () => {
  const browser = await launch();
  try {
    for (const path of ["/inline", "/image", "/worker", "/good"]) {
      const { context, page } = await open(browser, { base: "http://policy.example" });
      await context.route("**/*", (route) => {
        const file = files[new URL(route.request().url()).pathname];
        return route.fulfill(file ? { contentType: file.type, body: file.body, headers: { "content-security-policy": policy } } : { status: 404 });
      });
      for (const p of [page, await context.newPage()]) {
        await p.goto(path);
        if (path === "/good") {
          await p.waitForTimeout(300);
          expect(takeViolations()).toEqual([]);
        } else await expect.poll(() => takeViolations().length, { message: path, timeout: 10_000 }).toBeGreaterThan(0);
        await p.waitForTimeout(200);
        takeViolations();
      }
      await context.close();
    }
  } finally {
    await browser.close();
  }
});
