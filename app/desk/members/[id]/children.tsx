import { useLocale, useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { type Column, Table } from "#app/ui/table.tsx";
import type { Caller } from "#server/api/root.ts";
import type { MemberId } from "#server/core/id.ts";
import { OpenCase } from "./open-case.tsx";
import { RequestView } from "./request-view.tsx";

type Child = Awaited<ReturnType<Caller["consents"]["guardianship"]["childrenOf"]>>[number];
type Activity = Awaited<ReturnType<Caller["consents"]["activities"]["list"]>>[number];

/** A member's children by their numbers, who decides for them, and the ways to dispute that or to ask to look. */
export function Children({
  memberId,
  people,
  activities,
  fieldNames,
  mayOpen,
}: {
  memberId: MemberId;
  people: readonly Child[];
  /** Null for whoever may not ask to look. */
  activities: readonly Activity[] | null;
  fieldNames: Readonly<Record<string, string>>;
  mayOpen: boolean;
}) {
  const t = useTranslations("consents.desk");
  const f = useFormats();
  const locale = useLocale();
  const purposes = (activities ?? [])
    .filter(({ terms }) => terms.subject === "child" && terms.fields.length > 0)
    .map(({ code, terms }) => ({
      code,
      name: terms.name[locale],
      fields: terms.fields.map(({ key }) => ({ key, name: fieldNames[key] ?? key })),
    }));
  const act: Column<Child> = {
    key: "act",
    header: t("children.act"),
    cell: ({ ordinal, relation }) =>
      relation?.state === "active" && <OpenCase relationId={relation.id} ordinal={ordinal} />,
  };
  return (
    <Card
      title={t("children.title")}
      actions={
        activities !== null &&
        people.length > 0 &&
        purposes.length > 0 && (
          <RequestView
            memberId={memberId}
            people={people.map(({ id, ordinal }) => ({ id, ordinal }))}
            purposes={purposes}
          />
        )
      }
    >
      {people.length === 0 ? (
        <p className="text-ink-2">{t("children.none")}</p>
      ) : (
        <Table
          caption={t("children.title")}
          hideCaption
          rows={people}
          rowKey={({ id }) => id}
          columns={[
            {
              key: "child",
              header: t("children.title"),
              names: true,
              cell: ({ ordinal }) => t("children.child", { ordinal }),
            },
            {
              key: "relation",
              header: t("children.relation"),
              cell: ({ relation }) => (relation === null ? t("children.noGuardian") : t(`relations.${relation.kind}`)),
            },
            {
              key: "method",
              header: t("children.method"),
              cell: ({ relation }) => relation && t(`children.methods.${relation.method}`),
            },
            {
              key: "state",
              header: t("children.state"),
              cell: ({ relation }) => (
                <Badge tone={relation === null ? "neutral" : relation.state === "active" ? "ok" : "warn"}>
                  {t(`children.states.${relation?.state ?? "ended"}`)}
                </Badge>
              ),
            },
            { key: "addedAt", header: t("children.addedAt"), cell: ({ addedAt }) => f.dateTime(addedAt) },
            ...(mayOpen ? [act] : []),
          ]}
        />
      )}
    </Card>
  );
}
