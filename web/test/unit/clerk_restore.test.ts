import { describe, expect, it } from "vitest";
import { applied, fit, type Request } from "../../src/clerk/change.ts";
import { type Answer, Desk } from "../../src/clerk/desk.ts";
import { Drafts } from "../../src/clerk/drafts.ts";
import { actPath, type Restorable, restore, undoWithdrawal } from "../../src/clerk/restore.ts";
import type { Meeting } from "../../src/clerk/wire.ts";
import { api, Failure } from "../fixtures/clerk_api.ts";
import { newFile, newItem, newMeeting, newPaper } from "../fixtures/clerk_town.ts";

/** The stand-in server with one published meeting and one published paper of two files. */
async function office() {
  const on = { state: "published" };
  const files = [newFile({ ...on, name: "Plan" }), newFile({ ...on, name: "Karte", role: "auxiliary" })];
  const paper = newPaper({ ...on, name: "Radwege", publishedAt: "2026-11-01T10:00:00Z", files });
  const meeting = newMeeting({ ...on, publishedAt: "2026-11-01T10:00:00Z", agendaItems: [newItem({ ...on, papers: [paper] })] });
  const sent: string[] = [];
  const ask = async (r: Request): Promise<Answer> => {
    await Promise.resolve();
    const path = r.path.replace("/api/v1/", "").split("/");
    if (path[2]) sent.push(`${path[2]} ${path[0]}`);
    try {
      const body = (r.body ?? {}) as Record<string, unknown>;
      const [status, answer] = api({ method: r.method, path, query: new URLSearchParams(), body, match: r.revision ?? null }, [meeting], true);
      return { status, body: structuredClone(answer), problem: "" };
    } catch (error) {
      if (error instanceof Failure) return { status: error.status, body: null, problem: error.message };
      throw error;
    }
  };
  const load = (): Promise<Answer> => ask({ method: "GET", path: `/api/v1/meetings/${meeting.id}` } as unknown as Request);
  let ids = 0;
  const desk = new Desk(meeting.id, { call: ask, load, drafts: new Drafts(null, "p1"), expired: () => undefined, newId: () => `k${++ids}` });
  await desk.open();
  const withdraw = async (kind: Restorable["kind"], of: { id: string; revision: number }): Promise<Restorable> => {
    const answer = await ask({ method: "POST", path: actPath({ kind, id: of.id }, "withdraw"), body: { reason: "Zahlen" }, revision: of.revision });
    await desk.reload();
    return { kind, id: of.id, revision: (answer.body as { revision: number }).revision };
  };
  return { meeting, paper, files, desk, ask, withdraw, sent };
}

const paperOf = (m: Meeting | null) => m?.agendaItems[0]?.papers[0];

describe("taking a withdrawal back", () => {
  it("publishes again when nothing else waits", async () => {
    const { desk, ask, paper, withdraw, sent } = await office();
    const what = await withdraw("paper", paper);
    expect(paperOf(desk.meeting.value)).toMatchObject({ state: "withdrawn", withdrawn: { reason: "Zahlen" } });
    expect(desk.meeting.value?.pendingChanges).toBe(0);
    expect(await undoWithdrawal(ask, desk, what, true)).toEqual({ kind: "published" });
    expect(paperOf(desk.meeting.value)).toMatchObject({ state: "published", withdrawn: null });
    expect(sent).toEqual(["withdraw papers", "restore papers", "publish meetings"]);
  });

  it("leaves a draft and asks for a look when more waits", async () => {
    const { desk, ask, paper, meeting, withdraw, sent } = await office();
    const what = await withdraw("paper", paper);
    meeting.agendaItems.push(newItem({ name: "Eilantrag" }));
    expect(await undoWithdrawal(ask, desk, what, true)).toEqual({ kind: "look" });
    expect(paperOf(desk.meeting.value)?.state).toBe("draft");
    expect(sent.filter((s) => s.includes("publish"))).toEqual([]);
  });

  it("never publishes what had not been published before", async () => {
    const { desk, ask, files, withdraw, sent } = await office();
    const what = await withdraw("file", files[1]!);
    expect(await undoWithdrawal(ask, desk, what, false)).toEqual({ kind: "draft" });
    expect(sent.filter((s) => s.includes("publish"))).toEqual([]);
  });

  it("tells when somebody was faster, and shows the new state", async () => {
    const { desk, ask, paper, withdraw } = await office();
    const what = await withdraw("paper", paper);
    const answer = await restore(ask, desk, { ...what, revision: what.revision - 1 });
    expect(answer.status).toBe(412);
    expect(paperOf(desk.meeting.value)?.state).toBe("withdrawn");
  });

  it("makes a draft of a withdrawn meeting", async () => {
    const { desk, ask, meeting, withdraw } = await office();
    const what = await withdraw("meeting", meeting);
    expect((await restore(ask, desk, what)).status).toBe(200);
    expect(desk.meeting.value?.state).toBe("draft");
  });
});

describe("name and role of a file", () => {
  it("a new main document makes an annex of the former one, on the screen as on the server", async () => {
    const { desk, files, meeting } = await office();
    const change = { kind: "file.patch", file: files[1]!.id, patch: { role: "main" }, base: { role: "auxiliary" } } as const;
    expect(applied(desk.meeting.value!, change).agendaItems[0]?.papers[0]?.files.map((f) => f.role)).toEqual(["auxiliary", "main"]);
    expect(await desk.do(change)).toBe("saved");
    expect(meeting.agendaItems[0]?.papers[0]?.files.map((f) => f.role)).toEqual(["auxiliary", "main"]);
    expect(fit(change, desk.meeting.value!)).toEqual({ kind: "done" });
  });

  it("a name that somebody else has changed meanwhile is not overwritten", async () => {
    const { desk, files } = await office();
    Object.assign(files[0]!, { name: "Fremd", revision: 2 });
    await desk.reload();
    expect(await desk.do({ kind: "file.patch", file: files[0]!.id, patch: { name: "Meiner" }, base: { name: "Plan" } })).toBe("stale");
    expect(files[0]!.name).toBe("Fremd");
  });
});
