// The outbox in IndexedDB: one database per person, so that a second person on the same device never sends or sees the first one's marks.
import type { Journal, Waiting } from "../core/sync/journal.ts";
import { MemoryJournal } from "../core/sync/journal.ts";

const store = "ops";
const nameOf = (person: string) => `ris-outbox-${person}`;

/** DiskJournal keeps the outbox of one person. iPadOS may close the database of a sleeping page: each act opens it anew and tries once more. */
export class DiskJournal implements Journal {
  private db: Promise<IDBDatabase> | null = null;
  private readonly name: string;

  constructor(person: string) {
    this.name = nameOf(person);
  }

  async load(): Promise<Waiting[]> {
    const ops = await this.act<Waiting[]>("readonly", (s) => s.getAll());
    return ops.sort((a, b) => a.seq - b.seq);
  }

  put(ops: Waiting[]): Promise<void> {
    return this.act("readwrite", (s) => {
      for (const op of ops) s.put(op);
    });
  }

  drop(opIds: string[]): Promise<void> {
    return this.act("readwrite", (s) => {
      for (const id of opIds) s.delete(id);
    });
  }

  private async act<T>(mode: IDBTransactionMode, work: (s: IDBObjectStore) => IDBRequest<T> | void): Promise<T> {
    try {
      return await this.once(mode, work);
    } catch {
      this.db = null;
      return this.once(mode, work);
    }
  }

  private async once<T>(mode: IDBTransactionMode, work: (s: IDBObjectStore) => IDBRequest<T> | void): Promise<T> {
    const db = await (this.db ??= open(this.name));
    return new Promise((resolve, reject) => {
      const tx = db.transaction(store, mode, { durability: "strict" });
      const request = work(tx.objectStore(store));
      // Only a finished transaction is on the disk; a finished request is not.
      tx.oncomplete = () => resolve((request ? request.result : undefined) as T);
      tx.onerror = () => reject(tx.error);
      tx.onabort = () => reject(tx.error);
    });
  }
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: "opId" });
    request.onsuccess = () => {
      const db = request.result;
      db.onversionchange = () => db.close();
      resolve(db);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

/** openJournal gives the outbox on disk, or one in memory where the browser grants no storage (`durable` false: say so). */
export async function openJournal(person: string): Promise<{ journal: Journal; durable: boolean }> {
  try {
    const journal = new DiskJournal(person);
    await journal.load();
    return { journal, durable: true };
  } catch {
    return { journal: new MemoryJournal(), durable: false };
  }
}

/** wipe removes a person's outbox from this device, on sign-out. */
export function wipe(person: string): Promise<void> {
  return new Promise((resolve) => {
    if (typeof indexedDB === "undefined") return resolve();
    const request = indexedDB.deleteDatabase(nameOf(person));
    request.onsuccess = request.onerror = request.onblocked = () => resolve();
  });
}
