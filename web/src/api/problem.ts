/** An error answer of the server: RFC 9457 problem details. `detail` is a text for people, in their language. */
export class Problem extends Error {
  readonly status: number;
  readonly type: string;
  readonly detail: string;
  /** Field errors, where the server names fields. */
  readonly errors: { location?: string; message: string }[];

  constructor(status: number, body: { type?: string; title?: string; detail?: string; errors?: { location?: string; message: string }[] | null }) {
    super(body.detail || body.title || String(status));
    this.name = "Problem";
    this.status = status;
    this.type = body.type ?? "about:blank";
    this.detail = body.detail || body.title || "";
    this.errors = body.errors ?? [];
  }
}

/** No answer at all: the network or the server is away. Repeating later is safe, writes carry an Idempotency-Key. */
export class Offline extends Error {
  constructor(cause: unknown) {
    super("offline", { cause });
    this.name = "Offline";
  }
}
