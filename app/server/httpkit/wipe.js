// Deletes everything that this site has stored in the browser, looks whether it is gone, and only then confirms it to the server
// with the receipt of the order. The page that loads it holds no data and no open database of its own.
const page = document.getElementById("wipe");
const receipt = page.dataset.receipt || location.hash.slice(1);
history.replaceState(null, "", location.pathname);

const show = (name) => {
  for (const part of document.querySelectorAll("[data-wipe]")) part.hidden = part.dataset.wipe !== name;
};
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const dropDatabase = (name) =>
  new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onerror = () => resolve();
    setTimeout(resolve, 5000); // another window holds it open
  });

async function databases() {
  return indexedDB.databases ? (await indexedDB.databases()).map((d) => d.name) : [];
}

async function remove() {
  for (const r of (await navigator.serviceWorker?.getRegistrations()) ?? []) await r.unregister();
  for (const key of self.caches ? await caches.keys() : []) await caches.delete(key);
  await Promise.all((await databases()).map(dropDatabase));
  localStorage.clear();
  sessionStorage.clear();
  const root = await navigator.storage?.getDirectory?.().catch(() => undefined);
  if (root) for await (const name of root.keys()) await root.removeEntry(name, { recursive: true });
}

async function left() {
  let n = localStorage.length + sessionStorage.length + (await databases()).length;
  n += self.caches ? (await caches.keys()).length : 0;
  const root = await navigator.storage?.getDirectory?.().catch(() => undefined);
  if (root) for await (const _ of root.keys()) n++;
  return n;
}

async function confirmed() {
  const answer = await fetch("/auth/device/wiped", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ receipt }) });
  return answer.ok || answer.status === 404; // 404: no such order, there is nothing to repeat
}

async function run() {
  show("busy");
  for (let tries = 0; tries < 3; tries++) {
    try {
      await remove();
      if ((await left()) === 0) break;
    } catch {
      // once more
    }
    await pause(1000);
  }
  if ((await left().catch(() => 1)) > 0) return show("left");
  if (!receipt) return show("done");
  for (let wait = 500; ; wait = Math.min(wait * 2, 60000)) {
    try {
      if (await confirmed()) return show("done");
    } catch {
      show("offline");
    }
    await pause(wait);
  }
}

document.getElementById("wipe-again")?.addEventListener("click", () => location.reload());
void run();
