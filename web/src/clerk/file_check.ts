// What can be said of a chosen file before a byte of it is sent. The server checks everything again; this only saves the clerk
// the waiting, with the server's own words (web/locales).

/** Why a file is not taken. The keys of the texts stand with the server's in web/locales/de/documents.json. */
export type Finding = "empty" | "too_large" | "not_pdf" | "unreadable";

/** Looks at size and first bytes. `limit` is in bytes. null = send it. */
export async function checkFile(file: Blob, limit: number): Promise<Finding | null> {
  if (file.size === 0) return "empty";
  if (file.size > limit) return "too_large";
  let head: Uint8Array;
  try {
    head = new Uint8Array(await file.slice(0, 1024).arrayBuffer());
  } catch {
    // A folder, or a file that was moved or locked after it was chosen.
    return "unreadable";
  }
  return new TextDecoder("latin1").decode(head).includes("%PDF-") ? null : "not_pdf";
}
