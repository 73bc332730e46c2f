import { notFound } from "next/navigation";
import { server } from "#app/trpc/server.ts";
import { isId } from "#server/core/id.ts";

type Props = { readonly params: Promise<{ event: string }> };

/** The receipt that an address names, and what was erased with its event; the 404 page where there is none. */
export async function receiptAt({ params }: Props) {
  const { event: eventId } = await params;
  if (!isId<"consentEvent">(eventId)) notFound();
  const api = await server();
  const [receipt, certificates] = await Promise.all([
    api.consents.receipts.receipt({ eventId }),
    api.consents.receipts.certificates({ eventId }),
  ]);
  return { eventId, receipt, certificates };
}

/** A document as a file to keep: plain JSON, as an attachment. */
export function asFile(document: unknown, name: string): Response {
  return new Response(`${JSON.stringify(document, null, 2)}\n`, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "private, no-store",
    },
  });
}
