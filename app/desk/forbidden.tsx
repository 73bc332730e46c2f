import { getTranslations } from "next-intl/server";
import { PageState } from "../ui/page-state.tsx";

export async function generateMetadata() {
  const t = await getTranslations("shell.page");
  return { title: t("forbidden") };
}

export default async function Forbidden() {
  const t = await getTranslations("shell.page");
  return (
    <PageState
      status="403"
      title={t("forbidden")}
      hint={t("forbiddenHint")}
      home={{ href: "/desk", label: t("home") }}
    />
  );
}
