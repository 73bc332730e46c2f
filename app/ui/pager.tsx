import { useTranslations } from "next-intl";
import { useFormats } from "../format/use.ts";
import { LinkButton } from "./link.tsx";

/**
 * Keyset paging by links: `next` and `first` are addresses, or null when there is nothing there.
 * `total` only where counting is cheap. Going back is the browser's Back, which restores rows and scroll.
 */
export function Pager({ first = null, next, total }: { first?: string | null; next: string | null; total?: number }) {
  const t = useTranslations("shell");
  const { count } = useFormats();
  if (first === null && next === null && total === undefined) return null;
  return (
    <nav aria-label={t("pages")} className="flex flex-wrap items-center gap-3 pt-3">
      {total !== undefined && <p className="me-auto text-sm text-ink-2">{t("total", { count: count(total) })}</p>}
      {first !== null && <LinkButton href={first}>{t("first")}</LinkButton>}
      {next !== null && (
        <LinkButton href={next} rel="next">
          {t("next")}
        </LinkButton>
      )}
    </nav>
  );
}
