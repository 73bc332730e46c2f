import { useLocale, useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { TextLink } from "#app/ui/link.tsx";
import { askAddress } from "../consents/consents.ts";
import type { TierNames } from "../offers/names.ts";
import { namesOf, type OwnBenefit, type Person } from "./benefits.ts";

type Locked = { benefit: OwnBenefit; person: Person; tiers: TierNames };

/** Why somebody cannot use a benefit now, as a sentence. */
export function LockReason({ benefit, person, tiers }: Locked) {
  const t = useTranslations("benefits.mine.locks");
  const shell = useTranslations("shell");
  const locale = useLocale();
  const { date, dateTime } = useFormats();
  const { lock } = person;
  if (lock === null) return null;
  const list = (names: readonly string[]) => names.join(shell("listComma"));
  const fields = list(namesOf(benefit, lock.missing, locale));
  switch (lock.reason) {
    case "notStarted":
      return t("notStarted", { date: dateTime(new Date(benefit.window.from)) });
    case "tierTooLow":
      return t("tierTooLow", { tiers: list(benefit.tiers.map((code) => tiers[code] ?? code)) });
    case "consentNeeded":
      return lacksChild(benefit, person) ? t("noChild", { fields }) : t("consentNeeded", { fields });
    case "valuesMissing":
      return t("valuesMissing", { fields });
    case "quotaSpent":
      return t("quotaSpent", { date: date(benefit.uses.renewsAt) });
    default:
      return t(lock.reason);
  }
}

/** The way to what would open it; nothing where only time does. */
export function LockOpener({ benefit, person }: Omit<Locked, "tiers">) {
  const t = useTranslations("benefits.mine.opens");
  const here = `/benefits/${benefit.id}`;
  const way = (): [string, string] | null => {
    switch (person.lock?.reason) {
      case "tierTooLow":
        return ["/tier", t("tier")];
      case "consentNeeded":
      case "consentStale":
      case "valuesMissing":
        if (lacksChild(benefit, person)) return [`/children?next=${encodeURIComponent(here)}`, t("child")];
        if (benefit.purpose === null) return null;
        return [askAddress({ purpose: benefit.purpose, childId: person.childId }, here), t("ask")];
      case "guardianshipDisputed":
        return ["/children", t("children")];
      case "restricted":
        return ["/consents", t("consents")];
      default:
        return null;
    }
  };
  const [href, label] = way() ?? [];
  return href === undefined ? null : (
    <TextLink href={href} className="inline-flex min-h-(--tap) items-center">
      {label}
    </TextLink>
  );
}

function lacksChild({ forChild }: OwnBenefit, { childId }: Person): boolean {
  return forChild && childId === null;
}
