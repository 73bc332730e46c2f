import { useTranslations } from "next-intl";
import type { TierNames } from "#app/(portal)/offers/names.ts";
import { TermsList } from "#app/(portal)/offers/terms-list.tsx";
import { VersionChanges } from "#app/(portal)/offers/version-changes.tsx";
import { useFormats } from "#app/format/use.ts";
import { Card } from "#app/ui/card.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { ApproveDraft, PublishDraft } from "./acts.tsx";
import type { Offer } from "./offer.ts";

/** The version in the making: its terms, what they change, how low they can go, who approved, what is next. */
export function Draft({
  offer,
  draft,
  tiers,
  mayApprove,
  mayPublish,
}: {
  offer: Offer;
  draft: NonNullable<Offer["draft"]>;
  tiers: TierNames;
  mayApprove: boolean;
  mayPublish: boolean;
}) {
  const t = useTranslations("offers.detail");
  const { dateTime, percent } = useFormats();
  const approvals = [draft.approvedBy, draft.secondApprovedBy].filter((name) => name !== null).length;
  const complete = approvals >= (draft.needsSecond ? 2 : 1);
  const share = { lowest: percent(draft.lowestPermille / 1000), floor: percent(offer.floorPermille / 1000) };
  const ref = { offerId: offer.id, termsHash: draft.termsHash };
  return (
    <Card
      title={t("draft")}
      actions={
        <>
          {mayApprove && !complete && <ApproveDraft {...ref} />}
          {mayPublish && complete && <PublishDraft {...ref} version={(offer.versions[0]?.version ?? 0) + 1} />}
        </>
      }
    >
      <div className="grid gap-4">
        <ul className="text-ink-2">
          <li>{t("savedBy", { name: draft.savedBy ?? "--", at: dateTime(draft.savedAt) })}</li>
          {draft.approvedBy === null ? (
            <li>{t("notApproved")}</li>
          ) : (
            <li>{t("approvedBy", { name: draft.approvedBy })}</li>
          )}
          {draft.secondApprovedBy && <li>{t("secondApprovedBy", { name: draft.secondApprovedBy })}</li>}
        </ul>
        <Notice tone={draft.needsSecond ? "warn" : "info"}>
          {t(draft.needsSecond ? "needsSecond" : "floorOk", share)}
        </Notice>
        <TermsList offer={draft} tiers={tiers} />
        <h3 className="font-strong">{t("changes")}</h3>
        {offer.current === null ? (
          <p className="text-ink-2">{t("changesNew")}</p>
        ) : (
          <VersionChanges caption={t("changes")} changes={draft.changes} kind={draft.kind} tiers={tiers} />
        )}
      </div>
    </Card>
  );
}
