import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../i18n/ui.ts";
import { Button } from "./Button.tsx";

interface Props {
  open: boolean;
  title: string;
  /** Called on Escape, on the close button, and by a click beside the dialog. Leave out for a dialog that must be answered. */
  onClose?: () => void;
  /** The buttons at the foot, the main one last. */
  actions?: ComponentChildren;
  wide?: boolean;
  children: ComponentChildren;
}

/** Dialog asks for an answer before anything else goes on. The browser keeps the focus inside and gives it back afterwards. */
export function Dialog({ open, title, onClose, actions, wide, children }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);
  useEffect(() => () => ref.current?.close(), []);

  return (
    // The click beside the dialog is a convenience for pointers; Escape and the close button do the same by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events
    <dialog
      ref={ref}
      class="dialog"
      data-wide={wide || undefined}
      aria-labelledby={id}
      onCancel={(e) => {
        e.preventDefault();
        onClose?.();
      }}
      onClick={(e) => {
        if (e.target === ref.current) onClose?.();
      }}
    >
      {open && (
        <>
          <div class="dialog-head">
            <h2 id={id}>{title}</h2>
            {onClose && <Button variant="quiet" icon="close" label={t("ui.close")} iconOnly onClick={onClose} />}
          </div>
          <div class="dialog-body">{children}</div>
          {actions && <div class="dialog-actions">{actions}</div>}
        </>
      )}
    </dialog>
  );
}
