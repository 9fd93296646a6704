import { useState } from "preact/hooks";
import de from "../../locales/de/unseen.json";
import en from "../../locales/en/unseen.json";
import { get } from "../api/client.ts";
import { translator } from "../i18n/index.ts";
import { Button } from "./Button.tsx";

const t = translator(de, en);

/** GET /api/v1/unseen: the same for everything that cannot be seen, whether it exists or not. */
interface Unseen {
  sentences: string[];
  contacts: { body: string; name: string; email: string }[];
}

/** Under "not found": the reasons that there can be, and whom to ask. It never says which of them applies. */
export function WhyUnseen() {
  const [said, setSaid] = useState<Unseen | null>(null);
  const [asked, setAsked] = useState(false);
  const ask = (): void => {
    setAsked(true);
    get<Unseen>("/api/v1/unseen").then(setSaid, () => setAsked(false));
  };
  if (!said) return <Button label={t("unseen.ask")} disabled={asked} onClick={ask} />;
  return (
    <div class="why-unseen">
      <ul>
        {said.sentences.map((s) => (
          <li key={s}>{s}</li>
        ))}
      </ul>
      {said.contacts
        .filter((c) => c.email)
        .map((c) => (
          <p key={c.email}>
            {[c.body, c.name].filter(Boolean).join(", ")}: <a href={`mailto:${c.email}`}>{c.email}</a>
          </p>
        ))}
    </div>
  );
}
