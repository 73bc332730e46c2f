"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Notice } from "#app/ui/notice.tsx";
import { type Factors, ShowFactor } from "../second-factor/show-factor.tsx";

/** Asks, and then says that one may go back. */
export function Shown({ factors }: { factors: Factors }) {
  const t = useTranslations("staff.factor");
  const [shown, setShown] = useState(false);
  return shown ? (
    <Notice tone="ok" live title={t("done")}>
      {t("doneHint")}
    </Notice>
  ) : (
    <ShowFactor factors={factors} done={() => setShown(true)} />
  );
}
