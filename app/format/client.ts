"use client";
import { useLocale } from "next-intl";
import { useMemo } from "react";
import { boundTo, type Formats } from "./bound.ts";

/** The formatters in the visitor's language, for client components. */
export function useFormats(): Formats {
  const locale = useLocale();
  return useMemo(() => boundTo(locale), [locale]);
}
