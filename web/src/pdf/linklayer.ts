// The links of a page: boxes over the words, which the keyboard reaches as well. Which links there are the server says: it has taken out all
// that could do more than lead to a page or to the web.
import { rectOf, sizeOf } from "../core/geometry.ts";
import type { Quad } from "../core/annotation.ts";
import type { PageView } from "./pageview.ts";

/** A link on a page, to a page of the same document or to an address of the web. */
export interface PageLink {
  page: number;
  quad: Quad;
  target?: number;
  url?: string;
}

export interface LinkTexts {
  page(target: number): string;
  web(url: string): string;
  onPage(target: number): void;
}

/** drawLinks lays the links over a page. In percent of the page, so that zoom needs no redraw; done once for each view. */
export function drawLinks(view: PageView, links: readonly PageLink[], texts: LinkTexts): void {
  const box = view.box;
  if (!box || view.el.querySelector(".page-links")) return;
  const { width, height } = sizeOf(box);
  const layer = document.createElement("div");
  layer.className = "page-links";
  for (const link of links) {
    if (link.page !== view.number || !allowed(link)) continue;
    const r = rectOf(box, link.quad, 1);
    const a = document.createElement("a");
    a.style.left = `${(100 * r.left) / width}%`;
    a.style.top = `${(100 * r.top) / height}%`;
    a.style.width = `${(100 * r.width) / width}%`;
    a.style.height = `${(100 * r.height) / height}%`;
    if (link.url) {
      a.href = link.url;
      a.target = "_blank";
      a.rel = "noopener noreferrer";
      a.title = link.url;
      a.setAttribute("aria-label", texts.web(link.url));
    } else {
      const target = link.target!;
      a.href = `#page=${target}`;
      a.setAttribute("aria-label", texts.page(target));
      a.title = texts.page(target);
      a.addEventListener("click", (e) => {
        e.preventDefault();
        texts.onPage(target);
      });
    }
    a.addEventListener("dragstart", (e) => e.preventDefault());
    layer.append(a);
  }
  if (layer.childElementCount > 0) view.el.append(layer);
}

/** allowed holds the server's word against the rule once more: an address from a file must not become a script. */
function allowed(link: PageLink): boolean {
  if (link.url) return /^(https?|mailto):/i.test(link.url);
  return (link.target ?? 0) > 0;
}
