import { useTranslations } from "next-intl";
import { Notice } from "#app/ui/notice.tsx";
import type { NoticeGap } from "#server/consents/notices/model.ts";
import { useGapText } from "../gap-text.ts";

/** What the version in force would have to say by now and does not. */
export function Incomplete({ gaps }: { gaps: readonly NoticeGap[] }) {
  const t = useTranslations("notices");
  const gapText = useGapText();
  return (
    <Notice tone="bad" title={t("detail.incomplete")}>
      <ul className="list-disc ps-5">
        {gaps.map((gap) => (
          <li key={`${gap.element} ${gap.locale} ${gap.name}`}>{gapText(gap)}</li>
        ))}
      </ul>
    </Notice>
  );
}
