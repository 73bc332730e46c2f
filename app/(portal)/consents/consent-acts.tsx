"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { LinkButton } from "#app/ui/link.tsx";
import type { PurposeOf } from "#server/consents/model.ts";
import { Act } from "../act.tsx";

/**
 * What a member can do about one consent: withdraw with one tap and nothing else, restrict, or go to its sheet. It says
 * what was done even after the page around it has changed.
 */
export function ConsentActs({
  of: { purpose, childId },
  name,
  sheet,
  isGiven,
  isAsked,
  isRestricted,
  given,
}: {
  of: PurposeOf;
  /** The purpose, and the child where it is about one. */
  name: string;
  /** The address of the consent sheet. */
  sheet: string;
  /** There is a consent to withdraw. */
  isGiven: boolean;
  /** There is something to decide. */
  isAsked: boolean;
  isRestricted: boolean;
  /** The names of the fields that have a value now. */
  given: readonly string[];
}) {
  const t = useTranslations("consents.mine");
  const shell = useTranslations("shell");
  const router = useRouter();
  const [told, setTold] = useState("");
  const line = useRef<HTMLParagraphElement>(null);
  const isTold = told !== "" && !isGiven;
  useEffect(() => {
    if (isTold) line.current?.focus();
  }, [isTold]);
  const withdrawn = () => {
    setTold(given.length === 0 ? t("withdrawnNone") : t("withdrawn", { fields: given.join(shell("listComma")) }));
    router.refresh();
  };
  return (
    <div className="grid gap-2">
      <p ref={line} tabIndex={-1} role="status" className="font-strong text-ok outline-none empty:hidden">
        {isTold ? told : ""}
      </p>
      <div className="flex flex-wrap items-start gap-2">
        {isAsked && (
          <LinkButton href={sheet} aria-label={t("decideOf", { purpose: name })}>
            {t("decide")}
          </LinkButton>
        )}
        {isGiven && (
          <Act
            name={t("withdrawOf", { purpose: name })}
            send={() => trpc.consents.ledger.withdraw.mutate({ purpose, childId })}
            done={withdrawn}
          >
            {t("withdraw")}
          </Act>
        )}
        {(isGiven || isRestricted) && (
          <Act
            name={t(isRestricted ? "liftOf" : "restrictOf", { purpose: name })}
            send={() => trpc.consents.ledger.restrict.mutate({ purpose, restricted: !isRestricted })}
            done={() => router.refresh()}
          >
            {t(isRestricted ? "lift" : "restrict")}
          </Act>
        )}
      </div>
    </div>
  );
}
