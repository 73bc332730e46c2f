"use client";
import { useTranslations } from "next-intl";
import { AddPasskey } from "../second-factor/add-passkey.tsx";
import { EnrolTotp } from "../second-factor/enrol-totp.tsx";

/** The first second factor: an authenticator app or a passkey; the desk opens once one is set up. */
export function Enrol({ next }: { next: string }) {
  const t = useTranslations("staff.enrol");
  const done = () => window.location.assign(next);
  return (
    <div className="grid gap-6">
      <section aria-labelledby="enrol-passkey" className="grid gap-2">
        <h2 id="enrol-passkey" className="font-strong">
          {t("passkey")}
        </h2>
        <p className="text-ink-2">{t("passkeyHint")}</p>
        <AddPasskey done={done} />
      </section>
      <section aria-labelledby="enrol-totp" className="grid gap-2">
        <h2 id="enrol-totp" className="font-strong">
          {t("totp")}
        </h2>
        <EnrolTotp label={t("start")} tone="primary" done={done} />
      </section>
    </div>
  );
}
