import { getTranslations } from "next-intl/server";
import { Skeleton } from "../ui/skeleton.tsx";

export default async function Loading() {
  const t = await getTranslations("shell.page");
  return <Skeleton label={t("loading")} />;
}
