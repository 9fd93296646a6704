import { describe, expect, test } from "vitest";
import { compact, compactLength } from "../../src/core/compact.ts";
import { PageText, type Run } from "../../src/core/pagetext.ts";

/** Every letter is 6 points wide at height 12. */
const run = (text: string, x: number, y: number, more: Partial<Run> = {}): Run => ({ text, x, y, angle: 0, width: text.length * 6, height: 12, font: "f", eol: false, ...more });
const page = (...runs: Run[]) => new PageText(runs, (text) => text.length);

describe("compact", () => {
  test("leaves out whitespace, soft hyphens and joiners, and normalises", () => {
    expect(compact("Haus\u00ADhalts\u00A0plan\n2027 ﬁnal")).toBe("Haushaltsplan2027final");
    expect(compact("Ver\u0002\nkehr")).toBe("Ver-kehr");
    expect(compact("a\u0308")).toBe("ä");
  });
  test("counts characters, not UTF-16 units", () => {
    expect(compactLength("𝔘 x")).toBe(2);
  });
});

describe("PageText", () => {
  const two = page(run("Der Rat beschließt", 50, 700, { eol: true }), run("den Haushalt.", 50, 680));

  test("splits runs into words with boxes and offsets", () => {
    expect(two.words.map((w) => [w.text, w.line, w.start, w.end])).toEqual([
      ["Der", 0, 0, 3],
      ["Rat", 0, 3, 6],
      ["beschließt", 0, 6, 16],
      ["den", 1, 16, 19],
      ["Haushalt.", 1, 19, 28],
    ]);
    expect(two.words[1]!.box[0]).toBeCloseTo(50 + 24);
    expect(two.words[1]!.box[2]).toBeCloseTo(50 + 42);
    expect(two.words[1]!.box[1]).toBeLessThan(700);
    expect(two.words[1]!.box[3]).toBeGreaterThan(708);
    expect(two.compact).toBe("DerRatbeschließtdenHaushalt.");
  });

  test("snaps to the word under the finger and stays in the line beside it", () => {
    expect(two.words[two.nearest(80, 704)]!.text).toBe("Rat");
    expect(two.words[two.nearest(300, 703)]!.text).toBe("beschließt");
    expect(two.words[two.nearest(60, 683)]!.text).toBe("den");
    expect(two.nearest(400, 300, 40)).toBe(-1);
  });

  test("takes one quad per line, in either direction of the drag", () => {
    const passage = two.passage(3, 1);
    expect(passage).toEqual(two.passage(1, 3));
    expect(passage.quads).toHaveLength(2);
    expect(passage.quote).toBe("Rat beschließt den");
    expect([passage.start, passage.end]).toEqual([3, 19]);
    expect(passage.prefix).toBe("Der");
    expect(passage.suffix).toBe("Haushalt.");
    expect(two.compact.slice(passage.start, passage.end)).toBe(compact(passage.quote));
  });

  test("joins the halves of a word that a line end divides", () => {
    const text = page(run("Die Haushalts-", 50, 700, { eol: true }), run("satzung gilt.", 50, 680));
    expect(text.passage(1, 2).quote).toBe("Haushaltssatzung");
  });

  test("takes a word whole that the PDF writes in pieces", () => {
    const text = page(run("Haus", 50, 700), run("halt", 74, 700), run(" ", 98, 700), run("gilt", 104, 700));
    expect(text.words.map((w) => w.glued)).toEqual([false, true, false]);
    expect(text.passage(0, 0).quote).toBe("Haushalt");
    expect(text.passage(1, 1).quads).toHaveLength(1);
    expect(text.passage(2, 2).quote).toBe("gilt");
  });

  test("does not paint the gap between columns", () => {
    const text = page(run("links", 50, 700), run("rechts", 300, 700));
    expect(text.passage(0, 1).quads).toHaveLength(2);
  });

  test("boxes of turned text stand upright around it", () => {
    const text = page(run("auf", 100, 100, { angle: Math.PI / 2 }));
    const [x0, y0, x1, y1] = text.words[0]!.box;
    expect(y1 - y0).toBeCloseTo(18);
    expect(x1 - x0).toBeCloseTo(12 * 1.02);
  });

  test("a browser selection in parts of runs becomes whole words", () => {
    expect(two.passageOfRuns(0, 5, 1, 2)?.quote).toBe("Rat beschließt den");
    expect(two.passageOfRuns(0, 0, 0, 0)).toBeNull();
  });

  test("context is cut to 32 characters and nothing is taken from beyond the page", () => {
    const long = page(...Array.from({ length: 40 }, (_, i) => run(`wort${i}`, 50, 700 - 20 * i, { eol: true })));
    const passage = long.passage(20, 20);
    expect(passage.prefix.length).toBe(32);
    expect(passage.suffix.length).toBe(32);
    expect(long.passage(0, 0).prefix).toBe("");
    expect(long.passage(39, 39).suffix).toBe("");
  });
});
