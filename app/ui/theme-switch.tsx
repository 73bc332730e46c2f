"use client";
import { useState } from "react";
import { IconButton } from "./button.tsx";
import { prefer } from "./preference.ts";

/** Light or dark. `labels` say what pressing it will do. */
export function ThemeSwitch({
  theme,
  labels,
}: {
  theme: "light" | "dark";
  labels: { toDark: string; toLight: string };
}) {
  const [now, setNow] = useState(theme);
  const next = now === "dark" ? "light" : "dark";
  return (
    <IconButton
      label={now === "dark" ? labels.toLight : labels.toDark}
      onClick={() => {
        prefer("theme", next);
        setNow(next);
      }}
    >
      <svg aria-hidden width="18" height="18" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2">
        <circle cx="12" cy="12" r="9" />
        <path d="M12 3a9 9 0 0 1 0 18z" fill="currentColor" />
      </svg>
    </IconButton>
  );
}
