import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { TierNames } from "../offers/names.ts";
import type { OwnBenefit } from "./benefits.ts";
import { Needs } from "./needs.tsx";
import { People } from "./people.tsx";
import { Quota, UsesLeft } from "./quota.tsx";

/** A benefit in the list: what it gives, how often, what it needs and why, and whether it is open. */
export function BenefitCard({ benefit, tiers }: { benefit: OwnBenefit; tiers: TierNames }) {
  const t = useTranslations("benefits.mine");
  const locale = useLocale();
  const { id, title, description, gives } = benefit;
  return (
    <li className="grid gap-2 rounded-card border border-line bg-surface p-4">
      <h3 className="text-lg font-strong">
        <Link
          prefetch={false}
          href={`/benefits/${id}`}
          className="inline-flex min-h-(--tap) items-center text-brand underline decoration-1 underline-offset-3"
        >
          {title[locale]}
        </Link>
      </h3>
      <p>{description[locale]}</p>
      {gives.kind === "points" && <p>{t("points", { points: gives.points })}</p>}
      <p className="text-ink-2">
        <Quota quota={benefit.quota} />
      </p>
      <Needs benefit={benefit} />
      <People benefit={benefit} tiers={tiers} />
      {benefit.open && (
        <div className="text-ink-2">
          <UsesLeft uses={benefit.uses} />
        </div>
      )}
    </li>
  );
}
