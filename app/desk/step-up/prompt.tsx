"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { askForStepUp } from "#app/trpc/step-up-link.ts";
import { Dialog } from "#app/ui/dialog.tsx";
import { type Factors, ShowFactor } from "../second-factor/show-factor.tsx";

/**
 * Asks for the second factor whenever a call of this page is refused for want of one; the call is then made again, with
 * everything typed still in place. Once, in the desk's layout.
 */
export function StepUpPrompt() {
  const t = useTranslations("staff.factor");
  const [factors, setFactors] = useState<Factors | null>(null);
  const waiting = useRef<((shown: boolean) => void)[]>([]);
  useEffect(() => {
    askForStepUp(async () => {
      setFactors((await trpc.staff.me.query()).factors);
      return new Promise((resolve) => waiting.current.push(resolve));
    });
    return () => askForStepUp(null);
  }, []);
  const settle = (shown: boolean) => {
    setFactors(null);
    for (const resolve of waiting.current.splice(0)) resolve(shown);
  };
  return (
    <Dialog open={factors !== null} onClose={() => settle(false)} title={t("title")}>
      {factors && (
        <div className="grid gap-4">
          <p>{t("stepUpHint")}</p>
          <ShowFactor factors={factors} done={() => settle(true)} />
        </div>
      )}
    </Dialog>
  );
}
