// What can be said of a chosen file before a byte of it is sent. The server checks everything again; this only saves the clerk
// the waiting, with the server's own words (web/locales).

/** Why a file is not taken. The texts are the server's own, in web/locales/de/documents.json and convert.json. */
export type Finding = "empty" | "too_large" | "kind" | "heic" | "old_office" | "archive" | "unreadable";

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
  return kindFinding(new TextDecoder("latin1").decode(head), file instanceof File ? file.name : "");
}

/** What the first bytes say: null for a PDF and for what the server can turn into one. The server looks closer. */
export function kindFinding(head: string, name: string): Finding | null {
  const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  if (head.includes("%PDF-")) return null;
  if (/^(\x89PNG\r\n|\xff\xd8\xff|II\*\0|MM\0\*|RIFF.{4}WEBP)/s.test(head)) return null;
  if (/^.{4}ftyp(heic|heix|hev|hei|mif1|msf1|avif)/s.test(head)) return "heic";
  if (head.startsWith("\xd0\xcf\x11\xe0") || head.startsWith("{\\rtf")) return "old_office";
  if (head.startsWith("PK\x03\x04")) {
    return /^(mimetypeapplication\/vnd\.oasis|\[Content_Types\]|_rels\/|word\/|xl\/|ppt\/|docProps\/|customXml\/)/.test(head.slice(30)) ? null : "archive";
  }
  if (["PK", "Rar!", "7z\xbc\xaf", "\x1f\x8b"].some((begin) => head.startsWith(begin))) return "archive";
  return ending === "eml" || /^(Return-Path|Received|From|Date|Subject|To|MIME-Version|Message-ID):/im.test(head.slice(0, 400)) ? null : "kind";
}
