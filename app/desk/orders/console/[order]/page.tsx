import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { isId } from "#server/core/id.ts";
import { formats } from "../../../../format/server.ts";
import { ClientMessages } from "../../../../i18n/client-messages.tsx";
import { server } from "../../../../trpc/server.ts";
import { Badge } from "../../../../ui/badge.tsx";
import { Card } from "../../../../ui/card.tsx";
import { KeyValues } from "../../../../ui/key-values.tsx";
import { TextLink } from "../../../../ui/link.tsx";
import { PageHeader } from "../../../../ui/page-header.tsx";
import { Table } from "../../../../ui/table.tsx";
import { currentStaff } from "../../../session.ts";
import { statusTones } from "../../tones.ts";
import { DialOrder, UnclaimOrder } from "./acts.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("orderConsole");
  return { title: t("one") };
}

/** One order as far as it is known: never whose address it went to, nor its full number. */
export default async function OrderPage({ params }: { params: Promise<{ order: string }> }) {
  const { order: orderId } = await params;
  if (!isId<"order">(orderId)) notFound();
  const api = await server();
  const [order, me, t, all, f] = await Promise.all([
    api.orders.order({ orderId }),
    currentStaff(),
    getTranslations("orders.order"),
    getTranslations("orders"),
    formats(),
  ]);
  const { times, ownerId, virtualNumber } = order;
  const may = (permission: "order:dial" | "claim:decide") => me?.permissions.includes(permission) === true;
  const at = (instant: Date | null) => instant && f.exactTime(instant);
  return (
    <>
      <PageHeader
        title={t("title", { id: order.maskedId })}
        badge={<Badge tone={statusTones[order.status]}>{all(`statuses.${order.status}`)}</Badge>}
        back={{ href: "/desk/orders/console", label: all("console") }}
        actions={
          ownerId &&
          may("claim:decide") && (
            <ClientMessages of={["orders"]}>
              <UnclaimOrder orderId={orderId} />
            </ClientMessages>
          )
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card>
          <KeyValues
            items={[
              { key: "platform", label: t("platform"), value: all(`platforms.${order.platform}`) },
              { key: "paid", label: t("paid"), value: f.money(order.paid) },
              {
                key: "refunded",
                label: t("refunded"),
                value: order.refundUnknown ? t("refundUnknown") : f.money(order.refunded),
              },
              { key: "placedAt", label: t("placedAt"), value: at(times.placedAt) },
              { key: "paidAt", label: t("paidAt"), value: at(times.paidAt) },
              { key: "shippedAt", label: t("shippedAt"), value: at(times.shippedAt) },
              { key: "completedAt", label: t("completedAt"), value: at(times.completedAt) },
              {
                key: "owner",
                label: t("owner"),
                value: ownerId ? (
                  <TextLink href={`/desk/members/${ownerId}`}>{t("ownerLink")}</TextLink>
                ) : (
                  t("ownerNone")
                ),
              },
              {
                key: "batch",
                label: t("batch"),
                value: <TextLink href={`/desk/orders/${order.batchId}`}>{t("batchLink")}</TextLink>,
              },
            ]}
          />
        </Card>
        <Card title={t("virtualTitle")}>
          {virtualNumber ? (
            <div className="grid justify-items-start gap-3">
              <p>
                <span className="font-mono">{virtualNumber.masked}</span>{" "}
                <span className="text-ink-2">{t("virtualUntil", { at: f.dateTime(virtualNumber.expiresAt) })}</span>
              </p>
              {may("order:dial") && (
                <ClientMessages of={["orders"]}>
                  <DialOrder orderId={orderId} />
                </ClientMessages>
              )}
            </div>
          ) : (
            <p className="text-ink-2">{t("virtualNone")}</p>
          )}
        </Card>
        <Card title={t("linesTitle")} className="lg:col-span-2">
          <Table
            caption={t("linesCaption")}
            rows={order.lines.map((line, index) => ({ ...line, index }))}
            rowKey={(line) => String(line.index)}
            columns={[
              { key: "sku", header: t("sku"), names: true, cell: (line) => line.sku ?? "--" },
              { key: "quantity", header: t("quantity"), align: "end", cell: (line) => line.quantity ?? "--" },
              {
                key: "status",
                header: t("status"),
                cell: (line) => <Badge tone={statusTones[line.status]}>{all(`statuses.${line.status}`)}</Badge>,
              },
              { key: "paid", header: t("paid"), align: "end", cell: (line) => f.money(line.paid) },
            ]}
          />
        </Card>
      </div>
    </>
  );
}
