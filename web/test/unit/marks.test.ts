// The outbox: nothing is lost and nothing is done twice, whatever the network does.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Annotation } from "../../src/core/annotation.ts";
import { MemoryJournal } from "../../src/core/sync/journal.ts";
import { Marks } from "../../src/core/sync/marks.ts";
import type { Transport } from "../../src/core/sync/protocol.ts";
import { Feed } from "../fixtures/feed.ts";

const note = (body: string): Annotation => ({
  paper: "p", file: "f", version: "v", kind: "note", page: 1, quads: [[10, 10, 10, 10]], quote: "", prefix: "", suffix: "", start: 0, end: 0, body, style: "yellow",
});
const texts = (marks: Marks) => marks.all().map((m) => m.annotation.body).sort();

/** A network to a feed: "lost" requests never arrive, "mute" ones arrive but their answer is lost. */
function network(feed: Feed) {
  const net = { fault: "" as "" | "lost" | "mute", calls: 0, transport: (async () => ({})) as unknown as Transport };
  net.transport = async (request) => {
    net.calls++;
    if (net.fault === "lost") throw new Error("lost");
    const answer = feed.sync(structuredClone(request));
    if (net.fault === "mute") throw new Error("mute");
    return structuredClone(answer);
  };
  return net;
}

let ids = 0;
const newId = () => `id-${String(++ids).padStart(6, "0")}`;
async function device(feed: Feed, journal = new MemoryJournal()) {
  const net = network(feed);
  const marks = new Marks(journal, net.transport, newId);
  await marks.open();
  return { marks, net, journal };
}

describe("Marks", () => {
  test("a mark made on one device is on the other after its next sync", async () => {
    const feed = new Feed();
    const [a, b] = [await device(feed), await device(feed)];
    await a.marks.save(note("Frage an den Kämmerer"));
    expect(a.marks.unsent).toBe(1);
    await a.marks.sync();
    expect(a.marks.unsent).toBe(0);
    await b.marks.sync();
    expect(texts(b.marks)).toEqual(["Frage an den Kämmerer"]);
  });

  test("an answer that is lost leads to one mark, not two", async () => {
    const feed = new Feed();
    const { marks, net } = await device(feed);
    await marks.save(note("einmal"));
    net.fault = "mute";
    await expect(marks.sync()).rejects.toThrow("mute");
    expect(marks.unsent).toBe(1);
    net.fault = "";
    await marks.sync();
    expect(feed.records.size).toBe(1);
    expect(texts(marks)).toEqual(["einmal"]);
    expect(marks.unsent).toBe(0);
  });

  test("what was written after a lost answer reaches the server as well", async () => {
    const feed = new Feed();
    const { marks, net } = await device(feed);
    const id = await marks.save(note("erst"));
    net.fault = "mute";
    await marks.sync().catch(() => undefined);
    await marks.save(note("erst und dann mehr"), id);
    net.fault = "";
    await marks.sync();
    expect([...feed.records.values()].map((r) => r.annotation?.body)).toEqual(["erst und dann mehr"]);
    expect(feed.records.get(id)?.rev).toBe(2);
  });

  test("the outbox survives a reload, also in the middle of sending", async () => {
    const feed = new Feed();
    const first = await device(feed);
    await first.marks.save(note("vor dem Neuladen"));
    first.net.fault = "mute";
    await first.marks.sync().catch(() => undefined);
    const second = await device(feed, first.journal);
    expect(texts(second.marks)).toEqual(["vor dem Neuladen"]);
    await second.marks.sync();
    expect(feed.records.size).toBe(1);
    expect(await first.journal.load()).toEqual([]);
  });

  test("two edits of one mark on two devices give both texts", async () => {
    const feed = new Feed();
    const [a, b] = [await device(feed), await device(feed)];
    const id = await a.marks.save(note("alt"));
    await a.marks.sync();
    await b.marks.sync();
    await a.marks.save(note("von A"), id);
    await b.marks.save(note("von B"), id);
    await a.marks.sync();
    await b.marks.sync();
    await a.marks.sync();
    expect(texts(a.marks)).toEqual(["von A", "von B"]);
    expect(texts(b.marks)).toEqual(["von A", "von B"]);
  });

  test("an edit wins over a deletion elsewhere", async () => {
    const feed = new Feed();
    const [a, b] = [await device(feed), await device(feed)];
    const id = await a.marks.save(note("alt"));
    await a.marks.sync();
    await b.marks.sync();
    await a.marks.save(note("wichtig"), id);
    await b.marks.remove(id);
    await a.marks.sync();
    await b.marks.sync();
    expect(texts(b.marks)).toEqual(["wichtig"]);
  });

  test("undo of a deletion brings back the same mark", async () => {
    const feed = new Feed();
    const { marks } = await device(feed);
    const id = await marks.save(note("bleibt"));
    await marks.sync();
    await marks.remove(id);
    await marks.sync();
    expect(texts(marks)).toEqual([]);
    await marks.save(note("bleibt"), id);
    await marks.sync();
    expect(texts(marks)).toEqual(["bleibt"]);
    expect(feed.records.get(id)?.deleted).toBe(false);
  });

  test("a mark that never left the device and is deleted sends nothing", async () => {
    const feed = new Feed();
    const { marks } = await device(feed);
    await marks.remove(await marks.save(note("verschrieben")));
    expect(marks.unsent).toBe(0);
    await marks.sync();
    expect(feed.records.size).toBe(0);
  });

  test("a refused mark stays, says why, and can be sent again", async () => {
    const feed = new Feed();
    let refuse = true;
    const marks = new Marks(
      new MemoryJournal(),
      async (request) =>
        refuse
          ? { results: request.ops.map((op) => ({ opId: op.opId, id: op.id, status: "refused" as const, rev: 0, problem: { text: "zu lang" } })), changes: [], cursor: "", more: false }
          : feed.sync(request),
      newId,
    );
    await marks.open();
    await marks.save(note("sehr lang"));
    await marks.sync();
    expect(marks.all()[0]).toMatchObject({ refused: "zu lang", annotation: { body: "sehr lang" } });
    refuse = false;
    await marks.sync();
    expect(feed.records.size).toBe(0); // not by itself: the person decides
    await marks.retry();
    await marks.sync();
    expect(marks.all()[0]).toMatchObject({ waiting: false });
    expect(marks.all()[0]!.refused).toBeUndefined();
    expect(feed.records.size).toBe(1);
  });

  test("many marks come in several pages", async () => {
    const feed = new Feed(7);
    const [a, b] = [await device(feed), await device(feed)];
    for (let i = 0; i < 60; i++) await a.marks.save(note(`Notiz ${i}`));
    await a.marks.sync();
    await b.marks.sync();
    expect(b.marks.all()).toHaveLength(60);
  });

  test("property: three devices, lost requests, lost answers, restarts: all end with the same marks and no text is lost", async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant("new" as const), on: fc.nat(2) }),
      fc.record({ do: fc.constant("edit" as const), on: fc.nat(2), which: fc.nat(20) }),
      fc.record({ do: fc.constant("sync" as const), on: fc.nat(2), fault: fc.constantFrom("" as const, "" as const, "lost" as const, "mute" as const) }),
      fc.record({ do: fc.constant("restart" as const), on: fc.nat(2) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const feed = new Feed(3);
        const devices = [await device(feed), await device(feed), await device(feed)];
        // The newest text that each device wrote to each mark: none of them may vanish unless the same device wrote over it.
        const written = new Map<string, string>();
        let n = 0;
        for (const s of steps) {
          const d = devices[s.on]!;
          if (s.do === "new") {
            const body = `t${++n}`;
            written.set(`${s.on} ${await d.marks.save(note(body))}`, body);
          } else if (s.do === "edit") {
            const all = d.marks.all();
            const mark = all[s.which % Math.max(1, all.length)];
            if (!mark) continue;
            const body = `${mark.annotation.body}+t${++n}`; // an edit keeps what it saw
            await d.marks.save(note(body), mark.id);
            written.set(`${s.on} ${mark.id}`, body);
          } else if (s.do === "sync") {
            d.net.fault = s.fault;
            await d.marks.sync().catch(() => undefined);
            d.net.fault = "";
          } else devices[s.on] = await device(feed, d.journal);
        }
        for (let round = 0; round < 3; round++) for (const d of devices) await d.marks.sync();
        const [a, b, c] = devices.map((d) => d.marks.all().map((m) => [m.id, m.annotation.body]));
        expect(b).toEqual(a);
        expect(c).toEqual(a);
        const everything = texts(devices[0]!.marks).flatMap((body) => body.split("+"));
        for (const body of written.values()) for (const word of body.split("+")) expect(everything).toContain(word);
        expect(devices.every((d) => d.marks.unsent === 0)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});
