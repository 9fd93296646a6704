import { useEffect, useState } from "preact/hooks";
import { Button, Failed, Loading } from "../ui/index.ts";
import type { Difference, PlanPage } from "./synopsis_load.ts";
import { t } from "./synopsis_texts.ts";

type Screen = typeof import("./synopsis_plan.tsx").PlanCompare;

/** Plans lists the pages that look different; one is opened at a time, and only then the PDF engine is fetched. */
export function Plans({ file, difference }: { file: string; difference: Difference }) {
  const [open, setOpen] = useState<PlanPage | null>(null);
  const [screen, set] = useState<{ show?: Screen; error?: unknown }>({});
  const show = (page: PlanPage | null) => {
    setOpen(page);
    if (!screen.show) import("./synopsis_plan.tsx").then(({ PlanCompare }) => set({ show: PlanCompare }), (error: unknown) => set({ error }));
  };
  // Nothing but pictures changed: the first of them is what one came to see.
  const only = difference.changes.length === 0 ? difference.pages[0] : undefined;
  useEffect(() => {
    if (only) show(only);
  }, [only]);
  return (
    <section class="syn-plans" aria-labelledby="syn-plans">
      <h2 id="syn-plans">{t("synopsis.plans")}</h2>
      <ul>
        {difference.pages.map((page) => (
          <li key={`${page.oldPage} ${page.newPage}`} class="syn-plan">
            <div class="syn-plan-line">
              <span class="grow">
                <strong>{titleOf(page)}</strong>
                {page.regions.length > 0 && <span class="muted small"> · {t.n("synopsis.regions", page.regions.length)}</span>}
              </span>
              <Button class="btn no-print" label={t(open === page ? "synopsis.hide" : "synopsis.show")} aria-expanded={open === page} onClick={() => show(open === page ? null : page)} />
            </div>
            {open === page && screen.show && <screen.show file={file} difference={difference} page={page} />}
            {open === page && !screen.show && (screen.error ? <Failed error={screen.error} /> : <Loading />)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function titleOf(page: PlanPage): string {
  if (page.oldPage === 0) return t("synopsis.planCame", { n: page.newPage });
  if (page.newPage === 0) return t("synopsis.planWent", { n: page.oldPage });
  return page.oldPage === page.newPage ? t("synopsis.plan", { n: page.newPage }) : t("synopsis.planPair", { old: page.oldPage, new: page.newPage });
}
