import { describe, expect, it } from "vitest";
import { checkFile } from "../../src/clerk/file_check.ts";
import { type OnTheWay, type Sent, UploadQueue } from "../../src/clerk/upload_queue.ts";
import {
  isOpen,
  namesFromFile,
  newUpload,
  pauseAfter,
  percent,
  step,
  type Target,
  type Upload,
  type UploadEvent,
} from "../../src/clerk/uploads.ts";
import type { PaperFile } from "../../src/clerk/wire.ts";

const target: Target = { kind: "item", item: "i1", name: "Vorlage", reference: "" };
const pdf = (name = "Vorlage.pdf", size = 1000): File => new File([new Uint8Array(size)], name, { lastModified: 1 });
const arrived = { id: "f1" } as PaperFile;

describe("one upload", () => {
  const run = (...events: UploadEvent[]): Upload => events.reduce(step, newUpload("u1", target, "a.pdf", 1000));
  const sending: UploadEvent[] = [{ kind: "checked" }, { kind: "start" }];

  it("goes from chosen to done and counts its bytes", () => {
    expect(run().phase).toBe("checking");
    expect(run({ kind: "checked" }).phase).toBe("waiting");
    const half = run(...sending, { kind: "progress", sent: 505 });
    expect([half.phase, percent(half)]).toEqual(["sending", 50]);
    // After a break it goes on from what has arrived, which may be less than what went out.
    expect(percent(step(half, { kind: "progress", sent: 1200 }))).toBe(100);
    expect(percent(step(half, { kind: "progress", sent: 400 }))).toBe(40);
    const done = run(...sending, { kind: "done", file: arrived });
    expect([done.phase, done.file?.id, isOpen(done)]).toEqual(["done", "f1", false]);
  });

  it("keeps the paper made for it through a broken line, so that a retry makes no second one", () => {
    const lost = run(...sending, { kind: "paper", id: "p1" }, { kind: "progress", sent: 900 }, { kind: "lost" });
    expect([lost.phase, lost.paper, lost.sent, lost.tries]).toEqual(["lost", "p1", 900, 1]);
    const again = step(lost, { kind: "retry", byHand: false });
    expect([again.phase, again.paper, again.tries]).toEqual(["waiting", "p1", 1]);
    expect(step(lost, { kind: "retry", byHand: true }).tries).toBe(0);
  });

  it("is final once refused, cancelled or done", () => {
    const refused = run(...sending, { kind: "refused", problem: "Kein PDF." });
    expect([refused.phase, refused.problem]).toEqual(["refused", "Kein PDF."]);
    const cancelled = run(...sending, { kind: "cancel" });
    for (const end of [refused, cancelled, run(...sending, { kind: "done", file: arrived })]) {
      for (const late of [
        { kind: "progress", sent: 9 },
        { kind: "done", file: arrived },
        { kind: "lost" },
        { kind: "retry", byHand: true },
        { kind: "cancel" },
      ] as UploadEvent[]) {
        expect(step(end, late)).toEqual(end);
      }
    }
  });

  it("waits for the sign-in without counting a try", () => {
    const expired = run(...sending, { kind: "expired" });
    expect([expired.phase, expired.tries, isOpen(expired)]).toEqual(["expired", 0, true]);
    expect(step(expired, { kind: "retry", byHand: false }).phase).toBe("waiting");
  });

  it("stays paused until somebody continues it", () => {
    const paused = run(...sending, { kind: "progress", sent: 300 }, { kind: "pause" });
    expect([paused.phase, percent(paused), isOpen(paused)]).toEqual(["paused", 30, true]);
    expect(step(paused, { kind: "retry", byHand: false }).phase).toBe("paused");
    const on = step(paused, { kind: "retry", byHand: true });
    expect([on.phase, on.sent]).toEqual(["waiting", 300]);
  });

  it("tries again by itself with growing pauses, then asks", () => {
    expect([1, 2, 3, 4].map(pauseAfter)).toEqual([2000, 8000, 20000, null]);
  });
});

describe("the queue", () => {
  /** A sender whose sends end when the test says so. */
  function room(check: (file: File) => Promise<string | null> = async () => null, forget?: (u: Upload) => Promise<void>) {
    const sends: { upload: Upload; on: OnTheWay; stop: AbortSignal; end: (sent: Sent) => void }[] = [];
    const seen = { arrived: 0, expired: 0, abandoned: [] as string[], later: [] as (() => void)[] };
    let ids = 0;
    const queue = new UploadQueue({
      check,
      send: (upload, _file, on, stop) => new Promise((end) => sends.push({ upload, on, stop, end })),
      ...(forget ? { forget } : {}),
      arrived: () => seen.arrived++,
      expired: () => seen.expired++,
      abandoned: (paper) => seen.abandoned.push(paper),
      newId: () => `u${++ids}`,
      later: (_ms, run) => seen.later.push(run),
    });
    return { queue, sends, seen, phases: () => queue.uploads.value.map((u) => u.phase) };
  }
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

  it("sends two at a time, in order", async () => {
    const { queue, sends, phases, seen } = room();
    expect(queue.add([pdf("a.pdf"), pdf("b.pdf"), pdf("c.pdf")], () => target)).toBe(3);
    await settle();
    expect(phases()).toEqual(["sending", "sending", "waiting"]);
    sends[0]?.end({ kind: "done", file: arrived });
    await settle();
    expect(phases()).toEqual(["done", "sending", "sending"]);
    expect([seen.arrived, queue.busy()]).toEqual([1, true]);
  });

  it("takes the same file to the same place once while it is on its way", async () => {
    const { queue } = room();
    queue.add([pdf()], () => target);
    expect(queue.add([pdf()], () => target)).toBe(0);
    expect(queue.add([pdf()], () => ({ ...target, item: "i2" }))).toBe(1);
    expect(queue.add([pdf("b.pdf")], () => target)).toBe(1);
  });

  it("tells what is wrong before a byte is sent", async () => {
    const { queue, sends, phases } = room(async (file) => ((await checkFile(file, 500)) ? "Zu groß." : null));
    queue.add([pdf("groß.pdf", 501)], () => target);
    await settle();
    await settle();
    expect([phases(), sends.length, queue.uploads.value[0]?.problem]).toEqual([["refused"], 0, "Zu groß."]);
  });

  it("cancel stops the send, frees the place and takes away the empty paper; the late answer changes nothing", async () => {
    const { queue, sends, seen, phases } = room();
    queue.add([pdf("a.pdf"), pdf("b.pdf"), pdf("c.pdf")], () => target);
    await settle();
    sends[0]?.on.paper("p1");
    queue.cancel("u1");
    expect([sends[0]?.stop.aborted, phases()[0], seen.abandoned]).toEqual([true, "cancelled", ["p1"]]);
    expect(phases()).toEqual(["cancelled", "sending", "sending"]);
    sends[0]?.end({ kind: "lost" });
    await settle();
    expect([phases()[0], seen.later.length]).toEqual(["cancelled", 0]);
  });

  it("pause keeps what has arrived and frees the place; cancel afterwards has the server forget it", async () => {
    const forgotten: string[] = [];
    const { queue, sends, phases } = room(async () => null, async (u) => void forgotten.push(u.id));
    queue.add([pdf("a.pdf"), pdf("b.pdf"), pdf("c.pdf")], () => target);
    await settle();
    queue.pause("u1");
    expect([sends[0]?.stop.aborted, sends[0]?.stop.reason]).toEqual([true, "pause"]);
    sends[0]?.end({ kind: "lost" });
    await settle();
    expect(phases()).toEqual(["paused", "sending", "sending"]);
    queue.resume(); // the line is back: a pause is the person's wish
    expect(phases()[0]).toBe("paused");
    queue.cancel("u1");
    await settle();
    expect([phases()[0], forgotten]).toEqual(["cancelled", ["u1"]]);
  });

  it("sends again after a broken line, with the same key and the same paper", async () => {
    const { queue, sends, seen, phases } = room();
    queue.add([pdf()], () => target);
    await settle();
    sends[0]?.on.paper("p1");
    sends[0]?.end({ kind: "lost" });
    await settle();
    expect(phases()).toEqual(["lost"]);
    seen.later[0]?.();
    await settle();
    expect(sends[1]?.upload).toMatchObject({ id: "u1", paper: "p1", phase: "sending" });
    sends[1]?.end({ kind: "done", file: arrived });
    await settle();
    expect([phases(), seen.abandoned]).toEqual([["done"], []]);
  });

  it("a refused file leaves no empty paper behind and can be cleared", async () => {
    const { queue, sends, seen, phases } = room();
    queue.add([pdf()], () => target);
    await settle();
    sends[0]?.on.paper("p1");
    sends[0]?.end({ kind: "refused", problem: "Mit Kennwort geschützt." });
    await settle();
    expect([phases(), seen.abandoned]).toEqual([["refused"], ["p1"]]);
    queue.clear("u1");
    expect(queue.uploads.value).toEqual([]);
  });

  it("waits for the sign-in and goes on afterwards", async () => {
    const { queue, sends, seen, phases } = room();
    queue.add([pdf()], () => target);
    await settle();
    sends[0]?.end({ kind: "expired" });
    await settle();
    expect([phases(), seen.expired, queue.busy()]).toEqual([["expired"], 1, true]);
    queue.resume();
    await settle();
    expect(phases()).toEqual(["sending"]);
  });
});

describe("a chosen file", () => {
  const file = (text: string): Blob => new Blob([text]);
  it("is looked at before it is sent", async () => {
    expect(await checkFile(file(""), 100)).toBe("empty");
    expect(await checkFile(file("%PDF-1.7 and more"), 5)).toBe("too_large");
    expect(await checkFile(file("PK word document"), 100)).toBe("archive");
    expect(await checkFile(file("just text"), 100)).toBe("kind");
    expect(await checkFile(file("%PDF-1.7"), 100)).toBeNull();
    // Some printers put bytes before the head (ISO 32000-1, annex H.3): within the first 1024 it counts.
    expect(await checkFile(file(`${"\n".repeat(900)}%PDF-1.4`), 5000)).toBeNull();
  });

  it("gives name and reference of its paper", () => {
    expect(namesFromFile("V-2026-0123_Neubau_Turnhalle.pdf")).toEqual({ name: "Neubau Turnhalle", reference: "V/2026/0123" });
    expect(namesFromFile("VL 2026 17 – Haushalt.PDF")).toEqual({ name: "Haushalt", reference: "VL/2026/17" });
    expect(namesFromFile("V-2026-0123.pdf")).toEqual({ name: "V/2026/0123", reference: "V/2026/0123" });
    expect(namesFromFile("Mu\u0308hlenstra\u00dfe.pdf")).toEqual({ name: "M\u00fchlenstra\u00dfe", reference: "" });
    expect(namesFromFile("C:\\temp\\..\\Plan 2026.pdf")).toEqual({ name: "Plan 2026", reference: "" });
  });
});
