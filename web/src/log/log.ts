// Lines of the log as the API gives them (LogLine, LogHead).
import { get } from "../api/client.ts";
import { STEP_UP, untilConfirmed } from "../api/confirm.ts";
import { Offline, Problem } from "../api/problem.ts";
import { lang } from "../i18n/index.ts";

export interface Line {
  id: string;
  at: string;
  act: string;
  text: string;
  class: "reading" | "sign_in" | "act" | "log";
  by: string;
  mine: boolean;
  machine: string;
  object: { kind: "paper" | "meeting" | "agendaItem" | "person"; id: string; name: string; reference: string; file: string } | null;
  hidden: boolean;
  about: string;
  reason: string;
}

export interface Head {
  size: number;
  at: string;
  note: string;
  key: string;
  fingerprint: string;
}

export interface Lines {
  data: Line[];
  next: string;
}

export const page = (path: string, signal?: AbortSignal): Promise<Lines> => get<Lines>(path, signal ? { signal } : {});

/** The lines of one day together, in the order in which they came. Pure. */
export function byDay(lines: Line[], day: (at: string) => string): { day: string; lines: Line[] }[] {
  const out: { day: string; lines: Line[] }[] = [];
  for (const line of lines) {
    const name = day(line.at);
    const last = out[out.length - 1];
    if (last?.day === name) last.lines.push(line);
    else out.push({ day: name, lines: [line] });
  }
  return out;
}

/** save asks for a file that the server makes and hands it to the browser's downloads. */
export async function save(method: "GET" | "POST", path: string, name: string): Promise<void> {
  const send = (): Promise<Response> =>
    fetch(path, { method, headers: { "Accept-Language": lang }, cache: "no-store" }).catch((error: unknown) => {
      throw new Offline(error);
    });
  const refusal = async (r: Response): Promise<Problem> => new Problem(r.status, (await r.json().catch(() => ({}))) as { detail?: string });
  let answer = await send();
  while (!answer.ok) {
    const problem = await refusal(answer);
    // What stands in non-public papers waits for a confirmation; then it is asked for once more.
    if (problem.type !== STEP_UP || !(await untilConfirmed())) throw problem;
    answer = await send();
  }
  const named = /filename="?([^";]+)"?/i.exec(answer.headers.get("Content-Disposition") ?? "")?.[1];
  hand(await answer.blob(), named ?? name);
}

/** hand gives bytes to the browser's downloads. */
export function hand(data: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(data);
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
