import { useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Table } from "#app/ui/table.tsx";
import { POINTS_NOTICE_DAYS, type PointsTerms, USABLE_DAYS } from "#server/points/model.ts";

/** Says one term of the points in a few words. */
function useTermText() {
  const t = useTranslations("points");
  const { count } = useFormats();
  return ({ perYuan, expiry, negative }: PointsTerms): Record<keyof PointsTerms, string> => ({
    perYuan: t("rate", { yuan: count(perYuan.denominator), points: perYuan.numerator }),
    expiry: expiry === null ? t("expiry.never") : t(`expiry.${expiry.roundTo}`, { months: expiry.months }),
    negative: t(`negative.${negative}`),
  });
}

/** A version of the rules for points, a sentence for each. */
export function PointsTermsList({ terms }: { terms: PointsTerms }) {
  const t = useTranslations("points.rules");
  const { perYuan, expiry } = useTermText()(terms);
  const lines = [
    t("earn", { rate: perYuan }),
    t("effective"),
    t("refund"),
    t("expires", { expiry }),
    ...(terms.expiry === null ? [] : [t("least", { days: USABLE_DAYS })]),
    t("first"),
    t(terms.negative),
    t("fixed"),
    t("personal"),
    t("change", { days: POINTS_NOTICE_DAYS }),
  ];
  return (
    <ol className="grid list-decimal gap-1.5 ps-6">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ol>
  );
}

/** What a version or a proposal changes. */
export function PointsChanges({
  caption,
  before,
  after,
  changes,
}: {
  caption: string;
  before: PointsTerms | null;
  after: PointsTerms;
  changes: readonly (keyof PointsTerms)[];
}) {
  const t = useTranslations("points");
  const text = useTermText();
  return (
    <Table
      caption={caption}
      hideCaption
      rows={changes}
      rowKey={(term) => term}
      columns={[
        { key: "term", header: t("column.term"), names: true, cell: (term) => t(`term.${term}`) },
        { key: "before", header: t("column.before"), cell: (term) => (before === null ? "--" : text(before)[term]) },
        { key: "after", header: t("column.after"), cell: (term) => text(after)[term] },
      ]}
    />
  );
}
