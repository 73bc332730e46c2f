import { useLocale, useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Table } from "#app/ui/table.tsx";
import type { Answer, PublicText, QuotedLine } from "#server/offers/model.ts";
import type { TierNames } from "./names.ts";
import { Reason } from "./reason.tsx";
import { Given } from "./sentence.tsx";

/** What every offer answered: what it gave, or why it gave nothing. */
export function Answers({
  caption,
  answers,
  titles,
  tiers,
}: {
  caption: string;
  answers: readonly Answer[];
  titles: ReadonlyMap<string, PublicText>;
  tiers: TierNames;
}) {
  const t = useTranslations("offers.decisions");
  const locale = useLocale();
  const { money } = useFormats();
  return (
    <Table
      caption={caption}
      hideCaption
      rows={[...answers].sort((a, b) => Number(b.applied) - Number(a.applied))}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "offer",
          header: t("offer"),
          names: true,
          cell: ({ id, version }) => (
            <>
              {titles.get(id)?.[locale] ?? id}{" "}
              <span className="text-sm text-ink-3">{t("versionText", { version })}</span>
            </>
          ),
        },
        {
          key: "outcome",
          header: t("outcome"),
          cell: ({ applied }) =>
            applied ? <Badge tone="ok">{t("appliedText")}</Badge> : <Badge tone="neutral">{t("refusedText")}</Badge>,
        },
        {
          key: "reason",
          header: t("reason"),
          cell: (answer) =>
            answer.applied ? (
              <>
                {answer.discountFen > 0 && <span className="tabular-nums">−{money(answer.discountFen)} </span>}
                <Given grants={answer.grants} />
              </>
            ) : (
              <Reason code={answer.code} condition={answer.condition} tiers={tiers} />
            ),
        },
      ]}
    />
  );
}

/** A priced cart, line by line, with its sum. */
export function QuotedLines({
  caption,
  lines,
  names,
}: {
  caption: string;
  lines: readonly QuotedLine[];
  names: ReadonlyMap<string, PublicText>;
}) {
  const t = useTranslations("offers.decisions");
  const locale = useLocale();
  const { money, count } = useFormats();
  const sum = (of: "listFen" | "discountFen" | "totalFen") => lines.reduce((total, line) => total + line[of], 0);
  const rows = [
    ...lines.map((line, index) => ({
      ...line,
      key: `${index} ${line.sku}`,
      name: names.get(line.sku)?.[locale] ?? line.sku,
      isSum: false,
    })),
    {
      key: "sum",
      name: t("sum"),
      quantity: null,
      listFen: sum("listFen"),
      discountFen: sum("discountFen"),
      totalFen: sum("totalFen"),
      isSum: true,
    },
  ];
  return (
    <Table
      caption={caption}
      hideCaption
      rows={rows}
      rowKey={({ key }) => key}
      columns={[
        {
          key: "sku",
          header: t("sku"),
          names: true,
          cell: ({ name, isSum }) => <span className={isSum ? "font-strong" : ""}>{name}</span>,
        },
        { key: "quantity", header: t("quantity"), align: "end", cell: ({ quantity }) => count(quantity) },
        { key: "list", header: t("list"), align: "end", cell: ({ listFen }) => money(listFen) },
        {
          key: "discount",
          header: t("discount"),
          align: "end",
          cell: ({ discountFen }) => money(discountFen === 0 ? 0 : -discountFen),
        },
        {
          key: "price",
          header: t("price"),
          align: "end",
          cell: ({ totalFen }) => <span className="font-strong">{money(totalFen)}</span>,
        },
      ]}
    />
  );
}
