import { expect, test } from "vitest";
import { orderOf } from "../../src/api/wipe.ts";
import { found } from "../../src/clerk/DevicesPage.tsx";
import { type Device, standing, tell } from "../../src/devices/device.ts";

const now = new Date("2026-11-22T09:00:00Z");
const device = (change: Partial<Device> = {}): Device => ({
  id: "1", url: "/api/v1/devices/1", revision: 1, person: null, name: "iPad, Safari", kind: "iPad, Safari", named: false, this: false, signedIn: false, homeScreen: false,
  lastSeen: "2026-11-20T09:00:00Z", appVersion: "", offlinePapers: null, leaseUntil: null, readable: false, wipe: "none", wipeOrderedAt: null, wipeDeliveredAt: null, wipeConfirmedAt: null,
  ...change,
});

// Nobody but the device can say that it has deleted.
test("a device is called deleted only when it has confirmed", () => {
  const until = "2026-11-25T09:00:00Z";
  const over = "2026-11-21T09:00:00Z";
  for (const wipe of ["none", "pending", "delivered", "confirmed"] as const) {
    for (const leaseUntil of [null, until, over]) {
      for (const offlinePapers of [null, 0, 12]) {
        const d = device({ wipe, leaseUntil, offlinePapers, wipeOrderedAt: over, wipeDeliveredAt: over, wipeConfirmedAt: wipe === "confirmed" ? over : null });
        const text = tell(d, now).join(" ");
        expect(/gelöscht/.test(text), `${wipe} ${text}`).toBe(wipe === "confirmed");
        expect(standing(d) === "confirmed").toBe(wipe === "confirmed");
        if ((wipe === "pending" || wipe === "delivered") && leaseUntil === until) expect(text).toContain("Bis 25.11.2026, 10:00 Uhr lassen sich");
        if ((wipe === "pending" || wipe === "delivered") && leaseUntil === over) expect(text).toContain("Seit 21.11.2026, 10:00 Uhr");
        if ((wipe === "pending" || wipe === "delivered") && leaseUntil === null) expect(text).toContain("nie");
      }
    }
  }
});

test("only an order to delete is obeyed", () => {
  expect(orderOf({ type: "urn:ris:device.error.wipe", receipt: "a.b" })).toBe("/auth/device/wipe#a.b");
  for (const other of [null, undefined, "x", {}, { type: "urn:ris:device.error.wipe" }, { type: "urn:ris:error.unauthenticated", receipt: "a" }, { type: "urn:ris:device.error.wipe", receipt: 1 }]) expect(orderOf(other)).toBe("");
});

test("the office finds devices by person and name", () => {
  const all = [device({ id: "1", person: { id: "p", name: "Erika Öhler" } }), device({ id: "2", person: { id: "q", name: "Max Muster" }, name: "Dienst-iPad 7" })];
  expect(found(all, "öhler").map((d) => d.id)).toEqual(["1"]);
  expect(found(all, " ipad  max ").map((d) => d.id)).toEqual(["2"]);
  expect(found(all, "").length).toBe(2);
  expect(found(all, "niemand")).toEqual([]);
});
