// The lease of a person in IndexedDB: a database of its own for each person, so that it goes with the person's sign-out and with a wipe.
// What a later store keeps for reading offline hangs on it: without a lease in force nothing there is opened.
import type { KeptLease, LeasePlace } from "../core/lease_watch.ts";

const store = "lease";
const row = "now";
const nameOf = (person: string) => `ris-lease-${person}`;

/** DiskLease keeps one person's lease. iPadOS may close the database of a sleeping page: each act opens it anew. */
export class DiskLease implements LeasePlace {
  constructor(private readonly person: string) {}

  load(): Promise<KeptLease | null> {
    return this.act("readonly", (s, done) => {
      const request = s.get(row);
      request.onsuccess = () => done((request.result as KeptLease | undefined) ?? null);
    });
  }

  async save(kept: KeptLease): Promise<void> {
    await this.act<null>("readwrite", (s) => s.put(kept, row));
  }

  /** One transaction reads and writes: of two windows the later mark stays. */
  async reach(text: string, mark: number): Promise<void> {
    await this.act<null>("readwrite", (s) => {
      const request = s.get(row);
      request.onsuccess = () => {
        const there = request.result as KeptLease | undefined;
        if (there?.text === text && there.mark < mark) s.put({ ...there, mark }, row);
      };
    });
  }

  async drop(): Promise<void> {
    await this.act<null>("readwrite", (s) => s.clear());
  }

  private async act<T>(mode: IDBTransactionMode, work: (s: IDBObjectStore, done: (value: T) => void) => unknown): Promise<T> {
    const db = await open(nameOf(this.person));
    try {
      return await new Promise<T>((resolve, reject) => {
        const tx = db.transaction(store, mode, { durability: "strict" });
        let value: T;
        tx.oncomplete = () => resolve(value); // only now is it on the disk
        tx.onerror = tx.onabort = () => reject(tx.error);
        work(tx.objectStore(store), (v) => {
          value = v;
        });
      });
    } finally {
      db.close();
    }
  }
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

/** dropLease removes a person's lease from this device, on sign-out. */
export function dropLease(person: string): Promise<void> {
  return new Promise((resolve) => {
    if (typeof indexedDB === "undefined") return resolve();
    const request = indexedDB.deleteDatabase(nameOf(person));
    request.onsuccess = request.onerror = request.onblocked = () => resolve();
  });
}
