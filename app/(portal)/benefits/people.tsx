import { useTranslations } from "next-intl";
import { Badge } from "#app/ui/badge.tsx";
import type { TierNames } from "../offers/names.ts";
import type { OwnBenefit, Person } from "./benefits.ts";
import { LockOpener, LockReason } from "./lock-reason.tsx";

/** Whether a benefit can be used now: once, or for each child by itself; where not, why and what would open it. */
export function People({ benefit, tiers }: { benefit: OwnBenefit; tiers: TierNames }) {
  const t = useTranslations("benefits.mine");
  const consents = useTranslations("consents");
  const nameOf = ({ childOrdinal }: Person) =>
    childOrdinal === null ? null : consents("child", { ordinal: childOrdinal });
  return (
    <ul className="grid gap-1">
      {benefit.people.map((person) => (
        <li key={person.childId ?? "me"} className="flex flex-wrap items-center gap-x-3">
          {nameOf(person) && <span className="font-strong">{nameOf(person)}</span>}
          {person.lock === null ? (
            <Badge tone="ok">{t("usable")}</Badge>
          ) : (
            <>
              <span className="text-ink-2">
                <LockReason benefit={benefit} person={person} tiers={tiers} />
              </span>
              <LockOpener benefit={benefit} person={person} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
