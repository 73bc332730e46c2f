import { useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { KeyValues } from "#app/ui/key-values.tsx";
import type { OfferTerms } from "#server/offers/kinds/index.ts";
import { channels, NEW_MEMBER_DAYS } from "#server/offers/model.ts";
import type { Readable, TierNames } from "./names.ts";
import { Sentence } from "./sentence.tsx";

/** All terms of an offer in words: what is printed is what decides. */
export function TermsList({ offer, tiers }: { offer: Readable & { terms: OfferTerms }; tiers: TierNames }) {
  const t = useTranslations("offers.terms");
  const channel = useTranslations("offers.channels");
  const shell = useTranslations("shell");
  const { money, count } = useFormats();
  const { conditions } = offer.terms;
  const list = (parts: readonly string[]) => parts.join(shell("listComma"));
  const { capPerMember: cap, budget, stackingGroup } = conditions;
  const all = Object.keys(tiers);
  return (
    <KeyValues
      items={[
        { key: "gives", label: t("kind"), value: <Sentence {...offer} /> },
        {
          key: "tiers",
          label: t("tiers"),
          value: all.every((code) => conditions.tiers.includes(code))
            ? t("allTiers")
            : list(conditions.tiers.map((code) => tiers[code] ?? code)),
        },
        {
          key: "channels",
          label: t("channels"),
          value:
            conditions.channels.length === channels.length
              ? t("allChannels")
              : list(conditions.channels.map((code) => channel(code))),
        },
        { key: "window", label: t("window"), value: <Window window={conditions.window} /> },
        { key: "scope", label: t("scope"), value: <Scope scope={conditions.scope} /> },
        {
          key: "newMember",
          label: t("newMemberLabel"),
          value: conditions.newMemberOnly ? t("newMember", { days: NEW_MEMBER_DAYS }) : t("noMemberCondition"),
        },
        {
          key: "group",
          label: t("group"),
          value: stackingGroup === null ? t("groupNone") : t("groupNamed", { group: stackingGroup }),
        },
        {
          key: "cap",
          label: t("cap"),
          value: cap === null ? t("capNone") : t("capText", { period: t(`periods.${cap.period}`), count: cap.count }),
        },
        {
          key: "budget",
          label: t("budget"),
          value:
            budget === null
              ? t("budgetNone")
              : list([
                  ...(budget.amountFen === null ? [] : [t("budgetMoney", { amount: money(budget.amountFen) })]),
                  ...(budget.count === null ? [] : [t("budgetCount", { count: count(budget.count) })]),
                ]),
        },
        { key: "code", label: t("code"), value: conditions.codeRequired ? t("codeNeeded") : t("codeNone") },
      ]}
    />
  );
}

/** When an offer holds, in Beijing time. */
export function Window({ window: { from, to } }: { window: OfferTerms["conditions"]["window"] }) {
  const t = useTranslations("offers.terms");
  const { dateTime } = useFormats();
  const [start, end] = [dateTime(new Date(from)), to === null ? null : dateTime(new Date(to))];
  return end === null ? t("windowOpen", { from: start }) : t("windowClosed", { from: start, to: end });
}

function Scope({ scope }: { scope: OfferTerms["conditions"]["scope"] }) {
  const t = useTranslations("offers.terms");
  const shell = useTranslations("shell");
  const list = (parts: readonly string[]) => parts.join(shell("listComma"));
  const except = [...scope.excludeSkus, ...scope.excludeCategories];
  const lines = [
    ...(scope.skus.length > 0 ? [t("skus", { list: list(scope.skus) })] : []),
    ...(scope.categories.length > 0 ? [t("categories", { list: list(scope.categories) })] : []),
  ];
  return (
    <>
      {(lines.length === 0 ? [t("everything")] : lines).map((line) => (
        <p key={line}>{line}</p>
      ))}
      {except.length > 0 && <p>{t("except", { list: list(except) })}</p>}
    </>
  );
}
