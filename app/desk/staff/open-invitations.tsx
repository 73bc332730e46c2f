import { getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { Card } from "#app/ui/card.tsx";
import { Table } from "#app/ui/table.tsx";
import type { Caller } from "#server/api/root.ts";
import { WithdrawInvitation } from "./withdraw-invitation.tsx";

type Invitations = Awaited<ReturnType<Caller["staff"]["invitations"]["list"]>>;

/** Links that were handed over and not used yet. */
export async function OpenInvitations({
  invitations,
  mayWithdraw,
}: {
  invitations: Invitations;
  mayWithdraw: boolean;
}) {
  const [t, list, desk, shell, say] = await Promise.all([
    getTranslations("staff.invite"),
    getTranslations("staff.list"),
    getTranslations("desk.roles"),
    getTranslations("shell"),
    formats(),
  ]);
  return (
    <Card title={t("open")}>
      <Table
        caption={t("openCaption")}
        hideCaption
        rows={invitations}
        rowKey={(invitation) => invitation.id}
        columns={[
          { key: "email", header: t("email"), names: true, cell: (invitation) => invitation.email },
          {
            key: "roles",
            header: t("roles"),
            cell: (invitation) => invitation.roles.map((role) => desk(role)).join(shell("listComma")),
          },
          { key: "expires", header: t("expires"), cell: (invitation) => say.dateTime(invitation.expiresAt) },
          ...(mayWithdraw
            ? [
                {
                  key: "act",
                  header: list("act"),
                  cell: (invitation: Invitations[number]) => <WithdrawInvitation invitationId={invitation.id} />,
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}
