import { useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Card } from "#app/ui/card.tsx";
import { CodesButton } from "./acts.tsx";
import type { Offer } from "./offer.ts";

/** The makings of codes; the codes themselves are not kept. */
export function Codes({ offer, mayMake }: { offer: Offer; mayMake: boolean }) {
  const t = useTranslations("offers.detail");
  const { count, dateTime } = useFormats();
  return (
    <Card title={t("codes")} actions={mayMake && <CodesButton offerId={offer.id} />}>
      <p className="mb-2 text-ink-2">{t("codesHint")}</p>
      {offer.codeBatches.length === 0 && <p>{t("codesNone")}</p>}
      <ul>
        {offer.codeBatches.map((batch) => (
          <li key={batch.id}>{t("codesMade", { count: count(batch.count), at: dateTime(batch.createdAt) })}</li>
        ))}
      </ul>
    </Card>
  );
}
