// Files out of a drop or a file button.

/** True when the drag carries files (and not text or a link of this page). */
export function hasFiles(e: DragEvent): boolean {
  return e.dataTransfer?.types.includes("Files") ?? false;
}

/** The dropped files; also stops the browser from opening them in place of the page. [] when something inside took them. */
export function takeFiles(e: DragEvent): File[] {
  if (!hasFiles(e) || e.defaultPrevented) return [];
  e.preventDefault();
  return [...(e.dataTransfer?.files ?? [])];
}

/** Opens the device's file dialog; [] when it is closed without a choice. */
export function pickFiles(several: boolean): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = "application/pdf,.pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.png,.jpg,.jpeg,.tif,.tiff,.webp,.eml";
    input.multiple = several;
    // Safari opens the dialog only for an input that is part of the page.
    input.hidden = true;
    document.body.append(input);
    const done = (files: File[]): void => {
      input.remove();
      resolve(files);
    };
    input.addEventListener("change", () => done([...(input.files ?? [])]));
    input.addEventListener("cancel", () => done([]));
    input.click();
  });
}

/** Files dropped beside every row must not replace the page; once per page. */
export function guardPage(): void {
  for (const type of ["dragover", "drop"] as const) {
    window.addEventListener(type, (e) => {
      if (!hasFiles(e) || e.defaultPrevented) return;
      e.preventDefault();
      if (e.dataTransfer) e.dataTransfer.dropEffect = "none";
    });
  }
}
