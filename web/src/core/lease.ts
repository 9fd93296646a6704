// The permission to read offline, checked without a network. The format, and what it can and cannot see of a turned clock, stand in
// auth/lease/doc.go; both checks are told the same stories (auth/lease/testdata).

/** The public key as the server gives it (RFC 8037). */
export interface LeaseKey {
  kty: string;
  crv: string;
  kid: string;
  x: string;
}

export interface Lease {
  device: string;
  person: string;
  /** Milliseconds since 1970, by the server's clock. */
  issued: number;
  nonPublicUntil: number;
  /** null = without a limit. */
  publicUntil: number | null;
}

/** What the device keeps beside the lease, in milliseconds. */
export interface LeaseState {
  lease: Lease;
  /** The device's own clock when the lease arrived. */
  received: number;
  /** The latest moment that was ever reached, by the reckoning of `now`. */
  mark: number;
}

export interface Verdict {
  public: boolean;
  nonPublic: boolean;
  /** "" = good; "over"; "clock": the device's clock was set back; "other_device": copied from another device or person. */
  reason: "" | "over" | "clock" | "other_device";
}

/** By how much the clock may jump back before it is called wrong. */
export const TOLERANCE = 5 * 60_000;

const PREFIX = new TextEncoder().encode("ris offline lease 1\n");
const MOST = 2000;

/** verify reads a lease that the key has signed; null for everything else, and where the browser cannot check (iPadOS before 17). */
export async function verify(key: LeaseKey, text: string): Promise<Lease | null> {
  try {
    const parts = text.length <= MOST ? text.split(".") : [];
    if (parts.length !== 2 || key.kty !== "OKP" || key.crv !== "Ed25519") return null;
    const [body, signature, raw] = [bytes(parts[0] as string), bytes(parts[1] as string), bytes(key.x)];
    if (!body || !signature || !raw || raw.length !== 32 || (await keyId(raw)) !== key.kid) return null;
    const trusted = await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);
    const signed = new Uint8Array(PREFIX.length + body.length);
    signed.set(PREFIX);
    signed.set(body, PREFIX.length);
    if (!(await crypto.subtle.verify({ name: "Ed25519" }, trusted, signature, signed))) return null;
    return shape(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) as Record<string, unknown>, key.kid);
  } catch {
    return null;
  }
}

function shape(l: Record<string, unknown>, kid: string): Lease | null {
  if (l.v !== 1 || l.key !== kid || typeof l.device !== "string" || !l.device || typeof l.person !== "string" || !l.person) return null;
  const [issued, nonPublicUntil] = [moment(l.issued), moment(l.nonPublicUntil)];
  const publicUntil = l.publicUntil === undefined ? null : moment(l.publicUntil);
  if (issued === undefined || nonPublicUntil === undefined || publicUntil === undefined) return null;
  return { device: l.device, person: l.person, issued, nonPublicUntil, publicUntil };
}

const moment = (value: unknown): number | undefined => {
  const at = typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
};

/** base64url without padding, in its one form; null for everything else. */
function bytes(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]+$/.test(text)) return null;
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const out = Uint8Array.from(binary, (c) => c.charCodeAt(0));
  const again = btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return again === text ? out : null;
}

async function keyId(raw: Uint8Array<ArrayBuffer>): Promise<string> {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", raw));
  return Array.from(sum.slice(0, 8), (b) => b.toString(16).padStart(2, "0")).join("");
}

/** Reckons the moment from the device's own clock: the server's time of the lease, and what has passed since it arrived. */
export const now = (s: LeaseState, local: number): number => s.lease.issued + (local - s.received);

/** at says what may be opened at the device's own time. Keep what `reach` gives afterwards, so that the time never runs back. */
export function at(s: LeaseState, local: number, device: string, person: string): Verdict {
  const { lease, mark } = s;
  if (lease.device !== device || lease.person !== person) return { public: false, nonPublic: false, reason: "other_device" };
  const reckoned = now(s, local);
  if (reckoned < lease.issued - TOLERANCE || reckoned < mark - TOLERANCE) return { public: lease.publicUntil === null, nonPublic: false, reason: "clock" };
  const moment = Math.max(reckoned, mark);
  const open = { public: lease.publicUntil === null || moment < lease.publicUntil, nonPublic: moment < lease.nonPublicUntil };
  return { ...open, reason: open.public && open.nonPublic ? "" : "over" };
}

/** reach moves the mark on; it never goes back. */
export const reach = (s: LeaseState, local: number): LeaseState => ({ ...s, mark: Math.max(s.mark, now(s, local)) });
