"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#app/ui/button.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import type { StoreId } from "#server/benefits/model.ts";
import { DigitsForm } from "./digits-form.tsx";
import { Confirmed, Lost, RefusedCode } from "./outcome.tsx";
import { PresentedCode } from "./presented-code.tsx";
import { confirm, confirmAgain, lookUp, type Screen } from "./redeeming.ts";
import { Scanner } from "./scanner.tsx";

/** One code from scan to outcome. A code that the network lost stays here until it is answered. */
export function Redeem({ storeId }: { storeId: StoreId }) {
  const t = useTranslations("redemption");
  const shell = useTranslations("shell");
  const router = useRouter();
  const [screen, setScreen] = useState<Screen>({ at: "ready" });
  const show = (next: Screen) => {
    setScreen(next);
    // Another device may have been first: either way today's bookings have changed.
    if (next.at === "confirmed" || next.at === "refused") router.refresh();
  };
  const find = async (code: string) => show(await lookUp(code, storeId));
  const again = () => setScreen({ at: "ready" });

  switch (screen.at) {
    case "ready":
      return (
        <div className="grid gap-5">
          <Scanner onCode={(code) => void find(code)} />
          <DigitsForm storeId={storeId} onCode={find} />
        </div>
      );
    case "presented":
      return (
        <PresentedCode shown={screen.shown}>
          <Act label={t("card.confirm")} act={async () => show(await confirm(screen.shown, storeId))} />
          <Button size="wide" onClick={again}>
            {shell("cancel")}
          </Button>
        </PresentedCode>
      );
    case "confirmed":
      return (
        <Confirmed {...screen}>
          <Act label={t("done.next")} act={again} />
        </Confirmed>
      );
    case "refused":
      return (
        <RefusedCode code={screen.code} condition={screen.condition}>
          <Act label={t("refused.again")} act={again} />
        </RefusedCode>
      );
    case "lookUpLost":
      return (
        <Lost what="lookUp">
          <Act label={t("lost.retry")} act={() => find(screen.typed)} />
          <Button size="wide" onClick={again}>
            {t("refused.again")}
          </Button>
        </Lost>
      );
    case "confirmLost":
      return (
        <Lost what="confirm">
          <Act label={t("lost.retry")} act={async () => show(await confirmAgain(screen.shown, storeId))} />
        </Lost>
      );
  }
}

/** The one act of a screen, which does not fire twice. */
function Act({ label, act }: { label: string; act: () => void | Promise<void> }) {
  const t = useTranslations("shell");
  const form = useSubmit({ send: async () => act() });
  return (
    <Button tone="primary" size="wide" pending={form.pending} onClick={() => form.run()}>
      {form.pending ? t("working") : label}
    </Button>
  );
}
