import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { applyMove, asMove, dropIndex, isAutoNumber, moved, nextNumber, renumbered } from "../../src/clerk/order.ts";

describe("order of agenda items", () => {
  it("moves one element and clamps at both ends", () => {
    expect(moved(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
    expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
    expect(moved(["a", "b"], 1, 9)).toEqual(["a", "b"]);
    expect(moved(["a", "b"], 1, -3)).toEqual(["b", "a"]);
    expect(moved(["a", "b"], 7, 0)).toEqual(["a", "b"]);
  });

  it("finds the place under the pointer without counting the dragged row", () => {
    const middles = [20, 60, 100, 140];
    expect(dropIndex(middles, 0, 10)).toBe(0);
    expect(dropIndex(middles, 0, 65)).toBe(1);
    expect(dropIndex(middles, 0, 500)).toBe(3);
    expect(dropIndex(middles, 3, 10)).toBe(0);
    expect(dropIndex(middles, 2, 99)).toBe(2);
  });

  it("says a move so that it can be repeated on an agenda that somebody else changed", () => {
    const after = moved(["a", "b", "c", "d"], 3, 1);
    const move = asMove(after, 1);
    expect(move).toEqual({ item: "d", after: "a" });
    expect(applyMove(["x", "a", "b", "c", "d"], move)).toEqual(["x", "a", "d", "b", "c"]);
    expect(applyMove(["a", "b", "c"], move)).toBeNull();
    expect(applyMove(["b", "c", "d"], move)).toEqual(["b", "c", "d"]);
    expect(applyMove(["b", "d"], { item: "d", after: null })).toEqual(["d", "b"]);
  });

  it("never loses or doubles an item", () => {
    const lists = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(lists, fc.nat(), fc.nat(), (ids, a, b) => {
        const to = b % ids.length;
        const want = moved(ids, a % ids.length, to);
        expect([...want].sort()).toEqual([...ids].sort());
        expect(applyMove(ids, asMove(want, to))).toEqual(want);
      }),
    );
  });
});

describe("numbers", () => {
  const item = (number: string) => ({ number, public: number.startsWith("Ö") });

  it("suggests the next number of its part", () => {
    expect(nextNumber([], true)).toBe("Ö 1");
    expect(nextNumber([], false)).toBe("N 1");
    expect(nextNumber([item("Ö 1"), item("Ö 2"), item("N 1")], true)).toBe("Ö 3");
    expect(nextNumber([item("Ö 9"), item("N 1.2"), item("10a")], false)).toBe("N 2");
  });

  it("tells its own numbers from those of people", () => {
    expect(["", "Ö 3", "N1.2", "Ö 3.1.4"].every(isAutoNumber)).toBe(true);
    expect(["10a", "TOP 2", "Ö drei"].some(isAutoNumber)).toBe(false);
  });

  it("numbers both parts anew, keeps own numbers and sub-items", () => {
    const items = [item("Ö 2"), item("Ö 2.1"), { number: "N 7", public: false }, item("Ö 1"), { number: "10a", public: true }];
    expect(renumbered(items)).toEqual(["Ö 1", "Ö 1.1", "N 1", "Ö 2", "10a"]);
  });

  it("gives an item that changed sides a number of its new side", () => {
    expect(
      renumbered([
        { number: "N 1", public: true },
        { number: "Ö 1", public: false },
      ]),
    ).toEqual(["Ö 1", "N 1"]);
  });
});
