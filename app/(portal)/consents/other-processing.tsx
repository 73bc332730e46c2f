import { useLocale, useTranslations } from "next-intl";
import { Card } from "#app/ui/card.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";
import type { Caller } from "#server/api/root.ts";

type Other = Awaited<ReturnType<Caller["consents"]["ledger"]["mine"]>>["purposes"][number];

/** What is processed without consent, because a contract or the law asks for it: to be known, with nothing to decide. */
export function OtherProcessing({ others }: { others: readonly Other[] }) {
  const t = useTranslations("consents");
  const shell = useTranslations("shell");
  const locale = useLocale();
  return (
    <Card title={t("mine.others")}>
      <p className="mb-3 text-ink-2">{t("mine.othersHint")}</p>
      <ul className="grid gap-4">
        {others.map(({ code, terms, fields }) => (
          <li key={code} className="grid gap-1 border-t border-line pt-3 first:border-0 first:pt-0">
            <h3 className="font-strong">{terms.name[locale]}</h3>
            <p className="text-ink-2">{terms.purpose[locale]}</p>
            <KeyValues
              items={[
                {
                  key: "basis",
                  label: t("mine.basis"),
                  value: (
                    <>
                      {t(`bases.${terms.basis}`)}
                      {terms.basisDetail && <span lang="zh-CN"> · {terms.basisDetail}</span>}
                    </>
                  ),
                },
                ...(fields.length === 0
                  ? []
                  : [
                      {
                        key: "fields",
                        label: t("mine.fields"),
                        value: fields.map(({ definition }) => definition.name[locale]).join(shell("listComma")),
                      },
                    ]),
                {
                  key: "retention",
                  label: t("mine.retention"),
                  value: t(`retention.${terms.retention.trigger}`, { days: terms.retention.days }),
                },
              ]}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}
