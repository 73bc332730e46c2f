import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { server } from "#app/trpc/server.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { type Column, Table } from "#app/ui/table.tsx";
import { AssignRoles } from "./assign-roles.tsx";
import { InviteStaff } from "./invite-staff.tsx";
import { OpenInvitations } from "./open-invitations.tsx";
import { StaffActs } from "./staff-acts.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("staff.list");
  return { title: t("title") };
}

/** Who works here: roles, second factors, last activity; invitations that wait. */
export default async function StaffPage() {
  const api = await server();
  const [people, invitations, me, t, desk, shell, say] = await Promise.all([
    api.staff.list(),
    api.staff.invitations.list(),
    api.staff.me(),
    getTranslations("staff.list"),
    getTranslations("desk.roles"),
    getTranslations("shell"),
    formats(),
  ]);
  const mayInvite = me.permissions.includes("staff:invite");
  const mayAssign = me.permissions.includes("staff:assign");
  const factors = ({ totp, passkeys }: (typeof people)[number]) =>
    [totp && t("totp"), passkeys > 0 && t("passkeys", { count: passkeys })].filter(Boolean).join(shell("listComma"));
  const columns: Column<(typeof people)[number]>[] = [
    {
      key: "name",
      header: t("name"),
      names: true,
      cell: (person) => (person.id === me.id ? t("you", { name: person.name }) : person.name),
    },
    { key: "email", header: t("email"), cell: (person) => person.email },
    {
      key: "roles",
      header: t("roles"),
      cell: (person) => person.roles.map((role) => desk(role)).join(shell("listComma")),
    },
    {
      key: "state",
      header: t("state"),
      cell: (person) => <Badge tone={person.state === "active" ? "ok" : "warn"}>{t(person.state)}</Badge>,
    },
    { key: "factors", header: t("factors"), cell: (person) => factors(person) || t("noFactor") },
    { key: "lastSeen", header: t("lastSeen"), cell: (person) => say.relative(person.lastSeenAt) },
  ];
  const acts: Column<(typeof people)[number]> = {
    key: "act",
    header: t("act"),
    cell: (person) => (
      <div className="flex flex-wrap gap-1">
        <AssignRoles staffId={person.id} name={person.name} held={person.roles} />
        {person.id !== me.id && <StaffActs staffId={person.id} name={person.name} state={person.state} />}
      </div>
    ),
  };
  return (
    <ClientMessages of={["desk", "staff"]}>
      <PageHeader title={t("title")} description={t("description")} actions={mayInvite && <InviteStaff />} />
      <div className="grid gap-4">
        <Card>
          <Table
            caption={t("caption")}
            hideCaption
            columns={mayAssign ? [...columns, acts] : columns}
            rows={people}
            rowKey={(person) => person.id}
          />
        </Card>
        {invitations.length > 0 && <OpenInvitations invitations={invitations} mayWithdraw={mayInvite} />}
      </div>
    </ClientMessages>
  );
}
