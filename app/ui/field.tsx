import { useTranslations } from "next-intl";
import { type ComponentProps, type ReactNode, useId } from "react";

/** What every field takes beside the attributes of its native control. */
export type FieldProps = {
  /** The name of the value in the form, and of the field in a refusal. */
  name: string;
  /** Always visible; a placeholder is no label. */
  label: ReactNode;
  /** One line of help under the label. */
  hint?: ReactNode;
  /** What is wrong with the value; `form.field(name)` of `useSubmit` supplies it. */
  error?: string | undefined;
  /** Only for a second form on one page; error summaries link to it. */
  id?: string | undefined;
};

const box =
  "w-full min-w-0 rounded-md border border-control bg-surface px-2.5 text-ink [[data-app=portal]_&]:text-[max(16px,1rem)] aria-invalid:border-bad aria-invalid:border-2 disabled:bg-sunken disabled:text-ink-3";

/** One line of text; `type` may be email, tel, password, search, url. */
export function TextField({
  name,
  label,
  hint,
  error,
  id,
  className,
  ...rest
}: FieldProps & Omit<ComponentProps<"input">, "name">) {
  return (
    <Frame {...{ name, label, hint, error, id, className }} required={rest.required}>
      {(wiring) => <input type="text" {...wiring} {...rest} className={`${box} h-(--control-height)`} />}
    </Frame>
  );
}

/** A number typed by hand: decimal keyboard, no spinner. The text is sent as typed; the schema reads it. */
export function NumberField({
  decimals = false,
  ...rest
}: Omit<ComponentProps<typeof TextField>, "type"> & { decimals?: boolean }) {
  return <TextField inputMode={decimals ? "decimal" : "numeric"} autoComplete="off" {...rest} />;
}

/** A calendar day, or with `time` a minute, in Beijing time: `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm`. */
export function DateField({
  time = false,
  ...rest
}: Omit<ComponentProps<typeof TextField>, "type"> & { time?: boolean }) {
  return <TextField type={time ? "datetime-local" : "date"} {...rest} />;
}

/** Several lines of text. */
export function TextArea({
  name,
  label,
  hint,
  error,
  id,
  className,
  rows = 3,
  ...rest
}: FieldProps & Omit<ComponentProps<"textarea">, "name">) {
  return (
    <Frame {...{ name, label, hint, error, id, className }} required={rest.required}>
      {(wiring) => <textarea rows={rows} {...wiring} {...rest} className={`${box} py-1.5`} />}
    </Frame>
  );
}

export type Option = { readonly value: string; readonly label: string; readonly disabled?: boolean };

/** One of several. `blank` is the label of "none of them"; without it, and without a value, it says 请选择. */
export function Select({
  name,
  label,
  hint,
  error,
  id,
  className,
  options,
  blank,
  ...rest
}: FieldProps & Omit<ComponentProps<"select">, "name"> & { options: readonly Option[]; blank?: string }) {
  const t = useTranslations("shell");
  const start = blank ?? (rest.defaultValue === undefined && rest.value === undefined ? t("choose") : undefined);
  return (
    <Frame {...{ name, label, hint, error, id, className }} required={rest.required}>
      {(wiring) => (
        <select {...wiring} {...rest} className={`${box} h-(--control-height)`}>
          {start !== undefined && <option value="">{start}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Frame>
  );
}

/** A yes or no. Never ticked beforehand where the answer is a consent. */
export function Checkbox({
  name,
  label,
  hint,
  error,
  id,
  className,
  ...rest
}: FieldProps & Omit<ComponentProps<"input">, "name" | "type">) {
  const own = useId();
  const control = id ?? (rest.value === undefined ? `field-${name}` : own);
  return (
    <div className={className}>
      <label className="flex min-h-(--tap) items-center gap-2" htmlFor={control}>
        <input
          type="checkbox"
          id={control}
          name={name}
          {...described(control, hint, error)}
          {...rest}
          className="size-[1.15em] shrink-0 accent-brand"
        />
        <span>{label}</span>
      </label>
      <Notes control={control} hint={hint} error={error} />
    </div>
  );
}

/** A few choices that should all be seen at once: radio buttons, or with `several` check boxes, under one legend. */
export function Choices({
  name,
  label,
  hint,
  error,
  options,
  several = false,
  chosen = [],
  inline = false,
  className,
}: FieldProps & {
  options: readonly Option[];
  several?: boolean;
  chosen?: readonly string[];
  inline?: boolean;
  className?: string;
}) {
  const control = `field-${name}`;
  return (
    <fieldset id={control} tabIndex={-1} className={`min-w-0 ${className ?? ""}`} {...described(control, hint, error)}>
      <legend className="text-base font-strong">{label}</legend>
      <Notes control={control} hint={hint} error={error} />
      <div className={inline ? "mt-1 flex flex-wrap gap-x-6 gap-y-1" : "mt-1 grid gap-1"}>
        {options.map((option) => (
          <label key={option.value} className="flex min-h-(--tap) items-center gap-2">
            <input
              type={several ? "checkbox" : "radio"}
              name={name}
              value={option.value}
              defaultChecked={chosen.includes(option.value)}
              disabled={option.disabled}
              className="size-[1.15em] shrink-0 accent-brand"
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

type Wiring = { id: string; name: string; "aria-invalid"?: true; "aria-describedby"?: string };

function Frame({
  name,
  label,
  hint,
  error,
  id,
  required,
  className,
  children,
}: FieldProps & { required?: boolean; className?: string; children: (wiring: Wiring) => ReactNode }) {
  const t = useTranslations("shell");
  const control = id ?? `field-${name}`;
  return (
    <div className={`grid content-start gap-1 ${className ?? ""}`}>
      <label htmlFor={control} className="text-base font-strong">
        {label}
        {required && <span className="ms-1.5 text-xs font-regular text-ink-3">{t("required")}</span>}
      </label>
      {children({ id: control, name, ...described(control, hint, error) })}
      <Notes control={control} hint={hint} error={error} />
    </div>
  );
}

function described(
  control: string,
  hint: ReactNode,
  error: string | undefined,
): Pick<Wiring, "aria-invalid" | "aria-describedby"> {
  const notes = [error && `${control}-error`, hint && `${control}-hint`].filter(Boolean).join(" ");
  return { ...(error ? { "aria-invalid": true } : {}), ...(notes ? { "aria-describedby": notes } : {}) };
}

function Notes({ control, hint, error }: { control: string; hint: ReactNode; error: string | undefined }) {
  return (
    <>
      {error && (
        <p id={`${control}-error`} className="text-sm text-bad">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${control}-hint`} className="text-sm text-ink-3">
          {hint}
        </p>
      )}
    </>
  );
}
