import { useTranslations } from "next-intl";
import { param, type Query } from "#app/ui/address.ts";
import { Notice } from "#app/ui/notice.tsx";
import { tidings } from "./told.ts";

/** A short confirmation of what was done on the page before. */
export function ToldNotice({ query }: { query: Query }) {
  const t = useTranslations("consents.told");
  const told = tidings.find((word) => word === param(query, "told"));
  return told === undefined ? null : <Notice tone={told === "refused" ? "info" : "ok"} title={t(told)} />;
}
