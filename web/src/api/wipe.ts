// The order to delete: a device that was reported lost is answered 401 with a receipt, whatever it asked for. Everything of this page
// ends at once; a page of its own, with nothing open, deletes and confirms. The receipt goes there behind "#", where no log sees it.

const ORDER = "urn:ris:device.error.wipe";

/** The address to go to when the problem is an order to delete, else "". Pure. */
export function orderOf(problem: unknown): string {
  const { type, receipt } = (problem ?? {}) as { type?: unknown; receipt?: unknown };
  return type === ORDER && typeof receipt === "string" ? `/auth/device/wipe#${encodeURIComponent(receipt)}` : "";
}

/** obey looks at a 401; when it is an order to delete, the page is left and the promise never ends. The response can still be read. */
export async function obey(response: Response): Promise<void> {
  if (response.status !== 401) return;
  const order = orderOf(await response.clone().json().catch(() => null));
  if (!order) return;
  location.replace(order);
  await new Promise(() => undefined);
}
