import { getTranslations } from "next-intl/server";
import type { ImportBatchId } from "#server/core/id.ts";
import type { UndoPlan } from "#server/orders/undoing/model.ts";
import { formats } from "../../../format/server.ts";
import { ClientMessages } from "../../../i18n/client-messages.tsx";
import { server } from "../../../trpc/server.ts";
import { Card } from "../../../ui/card.tsx";
import { TextLink } from "../../../ui/link.tsx";
import { UndoImport } from "./acts.tsx";

/** What an undo of the batch would do, or what stands in its way; nothing where there is none to be had. */
export async function Undo({ batchId }: { batchId: ImportBatchId }) {
  const api = await server();
  const [plan, t, f] = await Promise.all([api.orders.undoPlan({ batchId }), getTranslations("orders.undo"), formats()]);
  if (plan === null) return null;
  const { created, changed, until, claimed, later } = plan;
  const free = claimed.count === 0 && later.length === 0;
  return (
    <Card
      title={t("title")}
      actions={
        free && (
          <ClientMessages of={["orders"]}>
            <UndoImport batchId={batchId} created={created} changed={changed} />
          </ClientMessages>
        )
      }
    >
      {free ? (
        <p className="text-ink-2">{t("hint", { created, changed, until: f.date(until) })}</p>
      ) : (
        <div className="grid gap-3">
          <Claimed claimed={claimed} text={t("claimed", { count: claimed.count })} />
          <Later
            later={later}
            text={t("later", { count: later.length })}
            orders={(count) => t("laterOrders", { count })}
          />
        </div>
      )}
    </Card>
  );
}

function Claimed({ claimed, text }: { claimed: UndoPlan["claimed"]; text: string }) {
  if (claimed.count === 0) return null;
  return (
    <div>
      <p className="text-ink-2">{text}</p>
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {claimed.orders.map(({ id, maskedId }) => (
          <li key={id}>
            <TextLink href={`/desk/orders/console/${id}`} className="font-mono">
              {maskedId}
            </TextLink>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Later({ later, text, orders }: { later: UndoPlan["later"]; text: string; orders: (count: number) => string }) {
  if (later.length === 0) return null;
  return (
    <div>
      <p className="text-ink-2">{text}</p>
      <ul className="grid gap-1">
        {later.map((batch) => (
          <li key={batch.batchId}>
            <TextLink href={`/desk/orders/${batch.batchId}`} className="break-all">
              {batch.fileName}
            </TextLink>{" "}
            <span className="text-sm text-ink-2">{orders(batch.orders)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
