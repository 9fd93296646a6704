// Addresses of the reader. Every screen has one: it can be reloaded, sent back to, and opened in a second window.
import { signal } from "@preact/signals";

export interface Route {
  path: string;
  query: URLSearchParams;
}

const read = (): Route => ({ path: location.pathname.replace(/\/+$/, "") || "/app", query: new URLSearchParams(location.search) });

/** The screen that shows. */
export const route = signal<Route>(read());

/** go opens an address of the reader; replace changes it without a step for the back button. */
export function go(href: string, options: { replace?: boolean } = {}): void {
  if (href === location.pathname + location.search) return;
  if (options.replace) history.replaceState(history.state, "", href);
  else history.pushState({ depth: depth() + 1 }, "", href);
  route.value = read();
  if (!options.replace) window.scrollTo(0, 0);
}

const depth = (): number => (history.state as { depth?: number } | null)?.depth ?? 0;

/** back goes to the screen before; to `fallback` when this window began here. */
export function back(fallback: string): void {
  if (depth() > 0) history.back();
  else go(fallback, { replace: true });
}

/** listen lets links within the reader change the screen without loading the page. */
export function listen(): void {
  window.addEventListener("popstate", () => {
    route.value = read();
  });
  document.addEventListener("click", (e) => {
    if (e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
    const link = e.target instanceof Element ? e.target.closest("a") : null;
    if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (link.pathname !== "/app" && !link.pathname.startsWith("/app/")) return;
    e.preventDefault();
    go(link.pathname + link.search);
  });
}

const withQuery = (path: string, values: Record<string, string | number | undefined>): string => {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) if (value !== undefined && value !== "") query.set(key, String(value));
  const text = query.toString();
  return text ? `${path}?${text}` : path;
};

/** The addresses, each in one place. */
export const href = {
  home: () => "/app/",
  news: () => "/app/new",
  meeting: (id: string) => `/app/meetings/${id}`,
  devices: () => "/app/geraete",
  log: () => "/app/protokoll",
  search: (q: string) => withQuery("/app/search", { q }),
  paper: (paper: string, file?: string, at: { meeting?: string; page?: number; version?: string; q?: string; mark?: string; changes?: string; change?: number } = {}) =>
    withQuery(file ? `/app/papers/${paper}/${file}` : `/app/papers/${paper}`, at),
  /** What changed between two versions of a file; left out = the newest and the one before. */
  compare: (paper: string, file: string, versions: { from?: string; to?: string } = {}) => withQuery(`/app/compare/${paper}/${file}`, versions),
};
