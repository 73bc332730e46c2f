"use client";
import { useState } from "react";
import { type Preference, prefer } from "./preference.ts";

/** A few exclusive looks to choose from (row height, text size): applied at once and remembered. */
export function Segments({
  preference,
  label,
  options,
  value,
}: {
  preference: Exclude<Preference, "locale">;
  label: string;
  options: readonly { value: string; label: string }[];
  value: string;
}) {
  const [now, setNow] = useState(value);
  return (
    <fieldset className="flex min-w-0 flex-wrap items-center gap-x-2 text-sm">
      <legend className="float-start text-ink-3">{label}</legend>
      <span className="flex flex-wrap overflow-hidden rounded-md border border-control">
        {options.map((option) => (
          <button
            key={option.value}
            type="button"
            aria-pressed={option.value === now}
            className="min-h-(--tap) min-w-(--tap) px-2 text-ink-2 -outline-offset-2! aria-pressed:bg-brand-soft aria-pressed:font-strong aria-pressed:text-ink"
            onClick={() => {
              prefer(preference, option.value);
              setNow(option.value);
            }}
          >
            {option.label}
          </button>
        ))}
      </span>
    </fieldset>
  );
}
