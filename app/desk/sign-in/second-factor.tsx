"use client";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { Button } from "#app/ui/button.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { type Factors, ShowFactor } from "../second-factor/show-factor.tsx";
import { signInPath } from "./next-page.ts";

/** The second step of signing in, with a way back to the first. */
export function SecondFactor({ factors, next }: { factors: Factors; next: string }) {
  const t = useTranslations("staff.factor");
  const leave = useSubmit({
    send: () => trpc.staff.signIn.signOut.mutate(),
    done: () => window.location.assign(signInPath(next)),
  });
  return (
    <div className="grid gap-4">
      <ShowFactor factors={factors} done={() => window.location.assign(next)} />
      <Button tone="quiet" size="sm" pending={leave.pending} onClick={() => leave.run()} className="justify-self-start">
        {t("signOut")}
      </Button>
    </div>
  );
}
