import { getTranslations } from "next-intl/server";
import { PageState } from "../ui/page-state.tsx";

export async function generateMetadata() {
  const t = await getTranslations("shell.page");
  return { title: t("notFound") };
}

export default async function NotFound() {
  const t = await getTranslations("shell.page");
  return (
    <PageState status="404" title={t("notFound")} hint={t("notFoundHint")} home={{ href: "/", label: t("home") }} />
  );
}
