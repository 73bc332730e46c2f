import { address } from "#app/ui/address.ts";
import type { Tone } from "#app/ui/badge.tsx";
import type { Caller } from "#server/api/root.ts";
import type { ConsentStanding } from "#server/consents/ledger/model.ts";
import type { PurposeOf } from "#server/consents/model.ts";

/** One purpose for one person, as the member's consent page shows it. */
export type Consent = Awaited<ReturnType<Caller["consents"]["ledger"]["mine"]>>["consents"][number];
/** A field that a purpose asks for, with what an answer looks like. */
export type AskedField = Consent["fields"][number];
/** A value that the member gave, in the clear. */
export type OwnValue = Awaited<ReturnType<Caller["consents"]["gateway"]["own"]>>[number];

export const stateTones: Readonly<Record<ConsentStanding["state"], Tone>> = {
  none: "draft",
  granted: "ok",
  refused: "neutral",
  withdrawn: "neutral",
  stale: "warn",
  expired: "neutral",
  invalidated: "neutral",
};

/** The address of a purpose's consent sheet; `next` is the page of ours to come back to. */
export function askAddress({ purpose, childId }: PurposeOf, next: string): string {
  return address("/consents/ask", {}, { purpose, child: childId, next });
}
