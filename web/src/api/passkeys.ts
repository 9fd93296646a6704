// Passkeys of the signed-in person: the list, adding, removing, confirming (WebAuthn Level 3). Binary values travel as base64url.
import { del, get, post } from "./client.ts";

export interface Passkey {
  id: string;
  name: string;
  created: string;
  lastUsed: string | null;
  /** Works on the host of this page. */
  here: boolean;
}

export interface Passkeys {
  data: Passkey[];
  /** This address can have passkeys at all. */
  possible: boolean;
  host: string;
  /** Non-public papers wait for a confirmation now. */
  stale: boolean;
  stepUpHours: number;
}

interface Begun {
  options: { publicKey: Json };
  ticket: string;
}
// The options as the server writes them.
interface Json {
  challenge: string;
  user?: { id: string; name: string; displayName: string };
  excludeCredentials?: { id: string; type: "public-key" }[];
  allowCredentials?: { id: string; type: "public-key" }[];
  [more: string]: unknown;
}

/** This browser can use passkeys here. */
export const supported = (): boolean => typeof PublicKeyCredential !== "undefined" && window.isSecureContext;

export const listPasskeys = (): Promise<Passkeys> => get<Passkeys>("/auth/passkeys");

/** Asks the device for a new key and registers it. Throws what the device says when the person breaks off (NotAllowedError). */
export async function addPasskey(name: string): Promise<Passkey> {
  const { options, ticket } = (await post<Begun>("/auth/passkeys/begin", {})).data;
  const made = (await navigator.credentials.create({ publicKey: binary(options.publicKey) as unknown as PublicKeyCredentialCreationOptions })) as PublicKeyCredential | null;
  if (!made) throw new DOMException("", "NotAllowedError");
  const answer = made.response as AuthenticatorAttestationResponse;
  const credential = { ...head(made), response: { clientDataJSON: encode(answer.clientDataJSON), attestationObject: encode(answer.attestationObject), transports: answer.getTransports?.() ?? [] } };
  return (await post<Passkey>("/auth/passkeys", { ticket, credential, name })).data;
}

export const removePasskey = (id: string): Promise<unknown> => del(`/auth/passkeys/${id}`, {});

/** Confirms with a key of this device. Throws a Problem when there is none, NotAllowedError when the person breaks off. */
export async function confirmWithPasskey(): Promise<void> {
  const { options, ticket } = (await post<Begun>("/auth/confirm/begin", {})).data;
  const made = (await navigator.credentials.get({ publicKey: binary(options.publicKey) as unknown as PublicKeyCredentialRequestOptions })) as PublicKeyCredential | null;
  if (!made) throw new DOMException("", "NotAllowedError");
  const answer = made.response as AuthenticatorAssertionResponse;
  const credential = {
    ...head(made),
    response: {
      clientDataJSON: encode(answer.clientDataJSON),
      authenticatorData: encode(answer.authenticatorData),
      signature: encode(answer.signature),
      ...(answer.userHandle ? { userHandle: encode(answer.userHandle) } : {}),
    },
  };
  await post("/auth/confirm", { ticket, credential });
}

const head = (made: PublicKeyCredential) => ({ id: made.id, rawId: encode(made.rawId), type: made.type, clientExtensionResults: made.getClientExtensionResults() });

/** binary turns the texts of the options into bytes. parseCreationOptionsFromJSON does the same, but not on iPadOS before 18.4. */
export function binary(o: Json): Record<string, unknown> {
  const ids = (list?: { id: string; type: "public-key" }[]) => list?.map((c) => ({ ...c, id: decode(c.id) }));
  return {
    ...o,
    challenge: decode(o.challenge),
    ...(o.user ? { user: { ...o.user, id: decode(o.user.id) } } : {}),
    ...(o.excludeCredentials ? { excludeCredentials: ids(o.excludeCredentials) } : {}),
    ...(o.allowCredentials ? { allowCredentials: ids(o.allowCredentials) } : {}),
  };
}

/** decode reads base64url. */
export function decode(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (c) => c.charCodeAt(0));
}

/** encode writes base64url without padding. */
export function encode(bytes: ArrayBuffer): string {
  let plain = "";
  for (const b of new Uint8Array(bytes)) plain += String.fromCharCode(b);
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
