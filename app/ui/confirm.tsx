"use client";
import { useTranslations } from "next-intl";
import { type ComponentProps, type ReactNode, useState } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { TextField } from "./field.tsx";
import { FormProblem, SubmitButton } from "./form.tsx";
import { useSubmit } from "./use-submit.ts";

/**
 * A button that asks before it acts. Three weights: what can be undone acts at once and offers 撤销 in a toast
 * (no confirmation, see `toast`); what affects many says how many in `children`; what cannot be taken back asks to
 * type `word`. `act` may throw; the dialog then stays and says why.
 */
export function ConfirmButton({
  label,
  title,
  children,
  confirm,
  word,
  reason,
  act,
  done,
  tone = "plain",
  size,
  disabled,
}: {
  label: ReactNode;
  title: ReactNode;
  /** What will happen, to how many, and whether it can be taken back. Fields in it arrive in `act`'s form data. */
  children?: ReactNode;
  confirm: string;
  /** The word to type for the heaviest weight. */
  word?: string;
  /** Asks for a reason under this label; it arrives as `reason`. */
  reason?: string;
  act: (data: FormData) => Promise<unknown>;
  done?: () => void;
} & Pick<ComponentProps<typeof Button>, "tone" | "size" | "disabled">) {
  const t = useTranslations("shell");
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const form = useSubmit({
    send: act,
    done: () => {
      setOpen(false);
      setTyped("");
      done?.();
    },
  });
  return (
    <>
      <Button tone={tone} size={size} disabled={disabled} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={title}>
        <form {...form.props} className="grid gap-4">
          <FormProblem form={form} signIn="/desk/sign-in" stepUp="/desk/step-up" />
          {children && <div className="grid gap-3">{children}</div>}
          {reason && <TextField {...form.field("reason")} label={reason} required maxLength={200} />}
          {word && (
            <TextField
              name="word"
              label={t("typeToConfirm", { word })}
              autoComplete="off"
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>{t("cancel")}</Button>
            <SubmitButton
              form={form}
              tone={tone === "danger" ? "danger" : "primary"}
              disabled={word !== undefined && typed.trim() !== word}
            >
              {confirm}
            </SubmitButton>
          </div>
        </form>
      </Dialog>
    </>
  );
}
