import { useTranslations } from "next-intl";
import type { NoticeGap } from "#server/consents/notices/model.ts";

/** Says what a section lacks. */
export function useGapText(): (gap: NoticeGap) => string {
  const t = useTranslations("notices");
  return ({ element, locale, name }) => {
    const where = { element: t(`elements.${element}`), language: t(locale === "en" ? "languages.en" : "languages.zh") };
    return name === null ? t("detail.gap", where) : t("detail.gapName", { ...where, name });
  };
}
