import { signal } from "@preact/signals";

const message = signal("");

/** announce lets a screen reader say a text, politely and without showing it: "gespeichert", "12 Treffer". */
export function announce(text: string): void {
  message.value = "";
  // Two steps: the same text twice would otherwise be no change and not be spoken.
  setTimeout(() => {
    message.value = text;
  }, 60);
}

/** LiveRegion is the place of the spoken texts; once per page. */
export function LiveRegion() {
  return (
    <div class="sr-only" role="status" aria-live="polite">
      {message.value}
    </div>
  );
}
