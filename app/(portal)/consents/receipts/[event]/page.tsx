import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { formats } from "#app/format/server.ts";
import { buttonLook } from "#app/ui/button-look.ts";
import { Card } from "#app/ui/card.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";
import { TextLink } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { consentActions } from "#server/consents/ledger/model.ts";
import { receiptAt } from "./receipt.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("consents.receipts");
  return { title: t("title") };
}

/** A receipt to read, print and keep; and the certificate of what was erased with it. */
export default async function ReceiptPage({ params }: { params: Promise<{ event: string }> }) {
  const [t, say, f, locale, { eventId, receipt, certificates }] = await Promise.all([
    getTranslations("consents.receipts"),
    getTranslations("consents"),
    formats(),
    getLocale(),
    receiptAt({ params }),
  ]);
  const { document } = receipt;
  const { purpose, subject, fields, notice, log } = document;
  const action = consentActions.find((known) => known === document.event.action);
  const own = `/consents/receipts/${eventId}`;
  return (
    <>
      <PageHeader
        back={{ href: "/consents/receipts", label: t("back") }}
        title={t("title")}
        description={t("description")}
      />
      <div className="grid gap-4">
        <Card>
          <KeyValues
            items={[
              { key: "decision", label: t("decision"), value: action && say(`history.actions.${action}`) },
              { key: "decidedAt", label: t("decidedAt"), value: f.dateTime(new Date(document.decidedAt)) },
              { key: "shownAt", label: t("shownAt"), value: f.dateTime(new Date(document.shownAt)) },
              { key: "name", label: t("purpose"), value: purpose.name[locale] },
              { key: "purpose", label: t("whatFor"), value: purpose.purpose[locale] },
              { key: "subject", label: t("subject"), value: t(subject.kind === "child" ? "child" : "own") },
              ...(subject.guardian === null
                ? []
                : [
                    {
                      key: "guardian",
                      label: t("guardian"),
                      value: `${t(subject.guardian.relation === "parent" ? "relations.parent" : "relations.otherGuardian")} · ${t(subject.guardian.method === "verified" ? "methods.verified" : "methods.selfDeclared")}`,
                    },
                  ]),
              { key: "method", label: t("method"), value: purpose.method[locale] },
              { key: "storagePlace", label: t("storagePlace"), value: purpose.storagePlace[locale] },
              { key: "impact", label: t("impact"), value: purpose.impact?.[locale] ?? null },
              { key: "refusal", label: t("refusal"), value: purpose.refusal[locale] },
              {
                key: "recipients",
                label: t("recipients"),
                value: purpose.recipients.map(({ name }) => name).join(" · ") || t("nobody"),
              },
              { key: "handler", label: t("handler"), value: document.handler.name },
              { key: "contact", label: t("contact"), value: document.handler.contact },
              { key: "complaint", label: t("complaint"), value: document.rights.complaint[locale] },
            ]}
          />
        </Card>
        {fields.length > 0 && (
          <Card title={t("fields")}>
            <ul className="grid gap-2">
              {fields.map(({ key, name, necessity, covered }) => (
                <li key={key}>
                  <p>
                    <span className="font-strong">{name[locale]}</span> · {t(covered ? "covered" : "notCovered")}
                  </p>
                  <p className="text-sm text-ink-2">{necessity[locale]}</p>
                </li>
              ))}
            </ul>
          </Card>
        )}
        {certificates.length > 0 && (
          <Card title={t("certificates")}>
            <ul className="grid gap-4">
              {certificates.map(({ document: { certificateId, erased, fields: gone } }) => (
                <li key={certificateId} className="grid gap-2">
                  <p>
                    {t("erased", {
                      count: erased,
                      fields: gone
                        .map((key) => fields.find((field) => field.key === key)?.name[locale] ?? key)
                        .join(" · "),
                    })}
                  </p>
                  <p className="text-sm text-ink-2">{t("remaining")}</p>
                  <a
                    href={`${own}/certificate?id=${certificateId}`}
                    download
                    data-print="hide"
                    className={buttonLook({ size: "wide" })}
                  >
                    {t("downloadCertificate")}
                  </a>
                </li>
              ))}
            </ul>
          </Card>
        )}
        <Card title={t("numbers")}>
          <KeyValues
            items={[
              {
                key: "seq",
                label: t("number", { seq: Number(document.event.seq) }),
                value: <Hash>{document.eventHash}</Hash>,
              },
              {
                key: "notice",
                label: t("notice"),
                value: <Hash>{t("noticeOf", { version: notice.version, hash: notice.sha256 })}</Hash>,
              },
            ]}
          />
          <p className="mt-2 text-sm text-ink-2">
            {log === null ? t("waiting") : t("sealed", { seq: log.seq, size: log.size })}
          </p>
        </Card>
        <div data-print="hide" className="grid gap-3">
          <a href={`${own}/file`} download className={buttonLook({ tone: "primary", size: "wide" })}>
            {t("download")}
          </a>
          <p className="text-sm text-ink-3">
            {t("keepHint")} ·{" "}
            <TextLink href="/verify" className="inline-flex min-h-(--tap) items-center">
              {t("verify")}
            </TextLink>
          </p>
          <details>
            <summary className="min-h-(--tap) w-fit text-brand">{t("text")}</summary>
            <p className="mb-2 text-sm text-ink-3">{t("textHint")}</p>
            <pre className="rounded-md bg-sunken p-3 text-xs break-all whitespace-pre-wrap">
              {JSON.stringify(receipt, null, 2)}
            </pre>
          </details>
        </div>
      </div>
    </>
  );
}

function Hash({ children }: { children: ReactNode }) {
  return <span className="font-mono text-sm break-all">{children}</span>;
}
