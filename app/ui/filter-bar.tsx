import { X } from "lucide-react";
import Form from "next/form";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";

/** A filter in force, with the address of the same list without it. */
export type Chip = { readonly key: string; readonly label: string; readonly remove: string };

/**
 * The query row of a list. Its fields are native ones named after the query parameters; submitting puts them into
 * the address (dropping the page cursor), which is the only state there is. Works without JavaScript.
 * `chips` name every filter in force, unknown values too; `clear` is the bare address.
 */
export function FilterBar({
  action,
  children,
  chips = [],
  clear,
}: {
  action: string;
  children: ReactNode;
  chips?: readonly Chip[];
  clear: string;
}) {
  const t = useTranslations("shell");
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is unknown to the browsers we support
    <div role="search" aria-label={t("filters")} className="grid gap-3">
      <Form action={action} className="flex flex-wrap items-end gap-3 [&>*]:min-w-36 max-sm:[&>*]:grow">
        {children}
        <Button type="submit" className="min-w-0!">
          {t("search")}
        </Button>
      </Form>
      {chips.length > 0 && (
        <ul className="flex flex-wrap items-center gap-2">
          {chips.map((chip) => (
            <li key={chip.key}>
              <Link
                prefetch={false}
                href={chip.remove}
                scroll={false}
                aria-label={t("removeFilter", { label: chip.label })}
                className="inline-flex min-h-(--tap) items-center gap-1 rounded-full border border-line bg-brand-soft px-2.5 text-sm text-ink no-underline hover:border-control"
              >
                {chip.label}
                <X aria-hidden size={14} />
              </Link>
            </li>
          ))}
          <li>
            <Link
              prefetch={false}
              href={clear}
              scroll={false}
              className="inline-flex min-h-(--tap) items-center text-sm text-brand"
            >
              {t("clearAll")}
            </Link>
          </li>
        </ul>
      )}
    </div>
  );
}
