import { describe, expect, it } from "vitest";
import { fileNow, filesOf, inWork, needsHand, pollPause } from "../../src/clerk/file_state.ts";
import { emptyForm, formBody, formErrors, formOf } from "../../src/clerk/meeting_form.ts";
import { meetingsOf, tabOf, wordOf } from "../../src/clerk/meeting_groups.ts";
import { parseRoute } from "../../src/clerk/route.ts";
import { snippetParts } from "../../src/clerk/snippet.ts";
import { newFile, newItem, newMeeting, newPaper } from "../fixtures/clerk_town.ts";

const now = Date.parse("2026-11-21T22:00:00Z");

describe("the list of meetings", () => {
  const today = newMeeting({ state: "published", start: "2026-11-21T08:00:00Z" });
  const later = newMeeting({ state: "published", start: "2026-12-01T17:00:00Z" });
  const draft = newMeeting({ start: "2026-11-01T17:00:00Z" });
  const past = newMeeting({ state: "published", start: "2026-11-19T17:00:00Z" });
  const old = newMeeting({ state: "withdrawn", start: "2026-10-01T17:00:00Z" });
  const all = [old, later, draft, past, today];

  it("has the next one first and the latest past one first; today's stays under coming until its day is over", () => {
    const none = { body: "", organization: "" };
    expect(meetingsOf("coming", all, none, now)).toEqual([today, later]);
    expect(meetingsOf("past", all, none, now)).toEqual([past, old]);
    expect(meetingsOf("drafts", all, none, now)).toEqual([draft]);
    expect(meetingsOf("coming", all, { body: "b9", organization: "" }, now)).toEqual([]);
    expect(meetingsOf("coming", all, { body: "", organization: "o1" }, now)).toEqual([today, later]);
  });

  it("has one word for each state", () => {
    const requested = newMeeting({ publishRequested: "2026-11-21T10:00:00Z", start: "2026-12-01T17:00:00Z" });
    expect([wordOf(draft), wordOf(requested), wordOf(later), wordOf(old)]).toEqual(["draft", "publishing", "published", "withdrawn"]);
    expect(wordOf({ ...later, cancelled: true })).toBe("cancelled");
    expect(tabOf(requested, now)).toBe("coming");
  });
});

describe("the form of a meeting", () => {
  const form = { ...emptyForm("b1"), organizations: ["o1"], name: " Rat ", date: "2026-12-03", from: "18:00", to: "21:30" };
  it("says what is missing", () => {
    expect(Object.keys(formErrors(emptyForm("b1")))).toEqual(["organizations", "name", "date"]);
    expect(formErrors(form)).toEqual({});
    expect(formErrors({ ...form, date: "2026-02-30", from: "" })).toEqual({ date: "date", from: "from" });
  });

  it("sends UTC; an end after midnight is the next day", () => {
    expect(formBody(form)).toMatchObject({ name: "Rat", start: "2026-12-03T17:00:00Z", end: "2026-12-03T20:30:00Z", location: null });
    expect(formBody({ ...form, to: "00:15" }).end).toBe("2026-12-03T23:15:00Z");
    expect(formBody({ ...form, place: "l1" }).location).toEqual({ id: "l1" });
    expect(formBody({ ...form, place: "other", room: " Saal " }).location).toEqual({ description: "", room: "Saal", streetAddress: "" });
  });

  it("reads a meeting back", () => {
    const meeting = newMeeting({ start: "2026-07-01T16:00:00Z", end: "2026-07-01T19:00:00Z" });
    expect(formOf(meeting)).toMatchObject({ date: "2026-07-01", from: "18:00", to: "21:00", place: "l1" });
  });
});

describe("the state of a file", () => {
  it("is that of the newest upload", () => {
    const plain = newFile({ processing: "checking" });
    const latest = { id: "v2", number: 2, processing: "refused", problem: { key: "k", text: "Bitte neu." }, state: "draft", reason: "" };
    const replaced = newFile({ state: "published", processing: "searchable", latest });
    expect([inWork(plain), needsHand(plain)]).toEqual([true, false]);
    expect(fileNow(replaced)).toEqual({ processing: "refused", problem: "Bitte neu.", newVersionWaits: true, number: 2 });
    expect([inWork(replaced), needsHand(replaced)]).toEqual([false, true]);
    expect(needsHand({ ...replaced, state: "withdrawn" })).toBe(false);
  });

  it("counts a paper on two items once", () => {
    const paper = newPaper({ files: [newFile({}), newFile({})] });
    const meeting = newMeeting({ agendaItems: [newItem({ papers: [paper] }), newItem({ papers: [paper] })] });
    expect(filesOf(meeting)).toHaveLength(2);
  });

  it("is asked for quickly at first, then calmly", () => {
    expect(pollPause(0)).toBe(1000);
    expect(pollPause(5)).toBeGreaterThan(pollPause(4));
    expect(pollPause(500)).toBe(10_000);
  });
});

describe("addresses and snippets", () => {
  it("reads the console's addresses", () => {
    expect(parseRoute("/console/", "")).toEqual({ name: "meetings" });
    expect(parseRoute("/console/meetings/0199-ab", "")).toEqual({ name: "meeting", id: "0199-ab" });
    expect(parseRoute("/console/search", "?q=Haushalt%202027")).toEqual({ name: "search", q: "Haushalt 2027" });
    expect(parseRoute("/console/meetings/a/b", "")).toEqual({ name: "unknown" });
  });

  it("takes a snippet apart without trusting it as HTML", () => {
    expect(snippetParts("a &amp; <mark>b</mark> &lt;img&gt; <img src=x>")).toEqual([
      { text: "a & ", marked: false },
      { text: "b", marked: true },
      { text: " <img> <img src=x>", marked: false },
    ]);
  });
});
