import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Document } from "./document.tsx";
import { PageState } from "./ui/page-state.tsx";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell.page");
  return { title: t("notFound") };
}

/** An address that no page answers. */
export default async function GlobalNotFound() {
  const t = await getTranslations("shell.page");
  return (
    <Document app="portal">
      <main>
        <PageState status="404" title={t("notFound")} hint={t("notFoundHint")} home={{ href: "/", label: t("home") }} />
      </main>
    </Document>
  );
}
