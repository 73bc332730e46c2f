"use client";
import { useLocale, useTranslations } from "next-intl";
import { type Condition, refusalText } from "./refusal.ts";

/** Says refusals in the visitor's language, for client components inside `ClientMessages`. */
export function useRefusals(): (code: string, condition?: Condition) => string {
  const t = useTranslations("refusals");
  const locale = useLocale();
  return (code, condition) => refusalText(t, locale, code, condition);
}
