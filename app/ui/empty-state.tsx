import { Inbox, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LinkButton } from "./link.tsx";

/** Nothing here yet: says what will be here and offers the one act that begins it. */
export function FirstUse({ title, children, action }: { title: ReactNode; children?: ReactNode; action?: ReactNode }) {
  return <Panel icon={<Inbox aria-hidden size={28} />} title={title} hint={children} action={action} />;
}

/** The filters leave nothing: `clear` is the address without them. */
export function NoMatch({ clear }: { clear: string }) {
  const t = useTranslations("shell");
  return (
    <Panel
      icon={<SearchX aria-hidden size={28} />}
      title={t("empty.noMatch")}
      hint={t("empty.noMatchHint")}
      action={<LinkButton href={clear}>{t("clearAll")}</LinkButton>}
    />
  );
}

function Panel({
  icon,
  title,
  hint,
  action,
}: {
  icon: ReactNode;
  title: ReactNode;
  hint?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="grid justify-items-center gap-2 px-4 py-12 text-center text-ink-3">
      {icon}
      <p className="font-strong text-ink">{title}</p>
      {hint && <div className="max-w-[36em] text-ink-2">{hint}</div>}
      {action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
