import { useLocale, useTranslations } from "next-intl";
import { NoticeChanges } from "#app/(portal)/notices/notice-changes.tsx";
import { NoticeText } from "#app/(portal)/notices/notice-text.tsx";
import { useFormats } from "#app/format/use.ts";
import { Card } from "#app/ui/card.tsx";
import { TextLink } from "#app/ui/link.tsx";
import { Notice } from "#app/ui/notice.tsx";
import type { NoticeGap } from "#server/consents/notices/model.ts";
import { useGapText } from "../gap-text.ts";
import { PublishDraft, ReviewDraft } from "./acts.tsx";
import type { NoticeDetail } from "./detail.ts";

/** The version in the making: who wrote and read it, what it lacks, what it changes, and how members will see it. */
export function Draft({
  notice,
  draft,
  slug,
  names,
  mayReview,
  mayPublish,
}: {
  notice: NoticeDetail;
  draft: NonNullable<NoticeDetail["draft"]>;
  slug: string;
  names: Readonly<Record<string, string>>;
  mayReview: boolean;
  mayPublish: boolean;
}) {
  const t = useTranslations("notices");
  const { dateTime } = useFormats();
  const locale = useLocale();
  const { reviewedBy, reviewedAt, outdated, own } = draft;
  const isReady = draft.gaps.length === 0 && notice.unassessed.length === 0;
  const ref = { noticeKey: notice.key, contentHash: draft.contentHash };
  return (
    <>
      <Card
        title={t("detail.draft")}
        actions={
          <>
            {mayReview && reviewedAt === null && !outdated && !own && <ReviewDraft {...ref} />}
            {mayPublish && reviewedAt !== null && !outdated && isReady && (
              <PublishDraft
                {...ref}
                version={(notice.current?.version ?? 0) + 1}
                mustBeMaterial={draft.mustBeMaterial}
              />
            )}
          </>
        }
      >
        <div className="grid gap-4">
          <ul className="text-ink-2">
            <li>{t("detail.savedBy", { name: draft.savedBy ?? "--", at: dateTime(draft.savedAt) })}</li>
            <li>
              {reviewedAt === null
                ? t("detail.notReviewed")
                : t("detail.reviewedBy", { name: reviewedBy ?? "--", at: dateTime(reviewedAt) })}
            </li>
          </ul>
          {outdated && <Notice tone="warn">{t("detail.outdated")}</Notice>}
          {mayReview && own && reviewedAt === null && <Notice>{t("detail.own")}</Notice>}
          <Gaps gaps={draft.gaps} slug={slug} />
          <h3 className="font-strong">{t("detail.changes")}</h3>
          {notice.current === null && <p className="text-ink-2">{t("detail.changesFirst")}</p>}
          {notice.current !== null && draft.changes.length === 0 && (
            <p className="text-ink-2">{t("detail.changesNone")}</p>
          )}
          {draft.changes.length > 0 && (
            <NoticeChanges caption={t("detail.changes")} changes={draft.changes} purposes={names} />
          )}
        </div>
      </Card>
      <Card title={t("detail.preview")}>
        <p className="mb-3 text-lg font-strong">{draft.content.title[locale]}</p>
        <NoticeText
          content={draft.content}
          locale={locale}
          short={t("public.short")}
          full={t("public.full")}
          level={3}
        />
      </Card>
    </>
  );
}

/** What keeps a draft from being published, each a link to its section in the editor. */
function Gaps({ gaps, slug }: { gaps: readonly NoticeGap[]; slug: string }) {
  const t = useTranslations("notices");
  const gapText = useGapText();
  if (gaps.length === 0) return <Notice tone="ok">{t("detail.complete")}</Notice>;
  return (
    <Notice tone="warn" title={t("detail.gaps", { count: gaps.length })}>
      <ul className="list-disc ps-5">
        {gaps.map((gap) => (
          <li key={`${gap.element} ${gap.locale} ${gap.name}`}>
            <TextLink href={`/desk/notices/${slug}/edit#section-${gap.element}`}>{gapText(gap)}</TextLink>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
