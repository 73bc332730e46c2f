import { useTranslations } from "next-intl";
import type { MemberEvent } from "#server/members/directory/model.ts";
import { useFormats } from "../../../format/use.ts";
import { Timeline } from "../../../ui/timeline.tsx";
import { useActionNames, usePurposeNames, useRoleNames } from "../../audit/names.tsx";

/** What happened in a membership, each event in a sentence. */
export function MemberHistory({
  events,
  nameOf,
}: {
  events: readonly MemberEvent[];
  nameOf: (tier: string) => string;
}) {
  const t = useTranslations("members.directory.history");
  const { money } = useFormats();
  const [actionName, roleName, purposeName] = [useActionNames(), useRoleNames(), usePurposeNames()];

  const told = (event: MemberEvent): { title: string; detail?: string } => {
    switch (event.what) {
      case "joined":
      case "closed":
        return { title: t(event.what) };
      case "tierChanged":
        return { title: t("tierChanged", { from: nameOf(event.from), to: nameOf(event.to) }) };
      case "claimed":
        return { title: t("claimed", { id: event.maskedId }) };
      case "claimDecided":
        return { title: t(`claimStates.${event.state}`, { id: event.maskedId }) };
      case "offerUsed":
        return { title: t(`offerStates.${event.state}`), detail: t("discount", { amount: money(event.discountFen) }) };
      case "acted":
        return {
          title:
            event.outcome === "done" ? actionName(event.action) : t("refused", { action: actionName(event.action) }),
          detail: [
            event.by === "member" ? t("byMember") : t("byStaff", { role: roleName(event.role ?? "") }),
            ...(event.purpose === null ? [] : [t("purpose", { purpose: purposeName(event.purpose) })]),
          ].join(t("semicolon")),
        };
    }
  };
  return (
    <Timeline label={t("title")} entries={events.map((event) => ({ key: event.id, at: event.at, ...told(event) }))} />
  );
}
