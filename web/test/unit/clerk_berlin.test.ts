import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { isPast, toUTC, toWall } from "../../src/clerk/berlin.ts";

describe("Europe/Berlin", () => {
  it("knows winter and summer", () => {
    expect(toUTC("2026-01-15", "18:00")).toBe("2026-01-15T17:00:00Z");
    expect(toUTC("2026-07-15", "18:00")).toBe("2026-07-15T16:00:00Z");
    expect(toUTC("2026-01-01", "00:30")).toBe("2025-12-31T23:30:00Z");
  });

  it("on the days of the change", () => {
    // 29 March 2026: 02:00 becomes 03:00. 25 October 2026: 03:00 becomes 02:00.
    expect(toUTC("2026-03-29", "01:59")).toBe("2026-03-29T00:59:00Z");
    expect(toUTC("2026-03-29", "02:30")).toBe("2026-03-29T01:30:00Z");
    expect(toUTC("2026-03-29", "03:00")).toBe("2026-03-29T01:00:00Z");
    expect(toUTC("2026-03-29", "18:00")).toBe("2026-03-29T16:00:00Z");
    expect(toUTC("2026-10-25", "01:59")).toBe("2026-10-24T23:59:00Z");
    expect(toUTC("2026-10-25", "02:30")).toBe("2026-10-25T00:30:00Z");
    expect(toUTC("2026-10-25", "03:00")).toBe("2026-10-25T02:00:00Z");
    expect(toWall("2026-10-25T01:30:00Z")).toEqual({ date: "2026-10-25", time: "02:30" });
  });

  it("refuses what is no date or time", () => {
    for (const [date, time] of [
      ["2026-02-30", "10:00"],
      ["2026-13-01", "10:00"],
      ["", "10:00"],
      ["2026-05-01", "24:00"],
      ["2026-05-01", ""],
    ]) {
      expect(toUTC(date as string, time as string)).toBeNull();
    }
  });

  it("reads back every wall time that exists once or twice a year", () => {
    const hours = fc.integer({ min: Date.UTC(2020, 0, 1) / 60000, max: Date.UTC(2039, 11, 31) / 60000 });
    fc.assert(
      fc.property(hours, (minute) => {
        const { date, time } = toWall(new Date(minute * 60000).toISOString());
        const back = toUTC(date, time);
        expect(back).not.toBeNull();
        expect(toWall(back as string)).toEqual({ date, time });
      }),
      { numRuns: 500 },
    );
  });

  it("calls a meeting past when its day in Berlin is over", () => {
    const now = Date.parse("2026-12-03T23:30:00Z"); // 4 December, 00:30 in Berlin
    expect(isPast("2026-12-03T17:00:00Z", now)).toBe(true);
    expect(isPast("2026-12-03T23:05:00Z", now)).toBe(false);
  });
});
