import type { Metadata, Viewport } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Document } from "../document.tsx";
import { ClientMessages } from "../i18n/client-messages.tsx";
import { site } from "../site.ts";
import { Toasts } from "../ui/toast.tsx";
import { currentStaff } from "./session.ts";
import { Shell } from "./shell.tsx";
import { StepUpPrompt } from "./step-up/prompt.tsx";
import "../globals.css";

export const viewport: Viewport = { width: "device-width", initialScale: 1, viewportFit: "cover" };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk");
  const { brand } = await site();
  return {
    title: { template: `%s · ${brand} ${t("title")}`, default: `${brand} ${t("title")}` },
    robots: { index: false },
  };
}

/**
 * The desk's root. There is no `loading.tsx` on purpose: an answer that has begun can no longer become a 403, a 404 or
 * a redirect to the sign-in page. Pages before sign-in stand alone; everything else stands in the shell of who is signed in.
 */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  const staff = await currentStaff();
  return (
    <Document app="desk">
      <ClientMessages of={["desk"]}>
        {staff === null ? <main className="px-4 py-10">{children}</main> : <Shell staff={staff}>{children}</Shell>}
        <Toasts />
      </ClientMessages>
      {staff !== null && (
        <ClientMessages of={["staff"]}>
          <StepUpPrompt />
        </ClientMessages>
      )}
    </Document>
  );
}
