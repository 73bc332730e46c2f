import { getTranslations } from "next-intl/server";
import { server } from "#app/trpc/server.ts";
import { TextLink } from "#app/ui/link.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { askAddress } from "../consents/consents.ts";

/** The only thing about consent that is ever brought up: a notice under which the member agreed has changed since. */
export async function RenewConsent() {
  const api = await server();
  const [t, asked] = await Promise.all([getTranslations("benefits.mine.home"), api.consents.ledger.prompt()]);
  if (asked === null) return null;
  return (
    <Notice title={t("renew")}>
      <p>{t("renewHint")}</p>
      <TextLink href={askAddress(asked, "/")} className="inline-flex min-h-(--tap) items-center">
        {t("renewLink")}
      </TextLink>
    </Notice>
  );
}
