"use client";
import { refusalOf, trpc } from "#app/trpc/client.ts";
import type { StoreId } from "#server/benefits/model.ts";

/** What a code stands for, before it is confirmed. */
export type Presented = Awaited<ReturnType<typeof trpc.benefits.redeem.lookUp.mutate>>;

/** What is on the screen, one thing at a time. */
export type Screen =
  | { readonly at: "ready" }
  | { readonly at: "presented"; readonly shown: Presented }
  | { readonly at: "confirmed"; readonly shown: Presented; readonly when: Date }
  | { readonly at: "refused"; readonly code: string; readonly condition: Readonly<Record<string, string | number>> }
  /** The network swallowed a question, or its answer: of a look-up that can be asked again, or of a confirmation. */
  | { readonly at: "lookUpLost"; readonly typed: string }
  | { readonly at: "confirmLost"; readonly shown: Presented };

/** Asks what a code stands for. */
export async function lookUp(typed: string, storeId: StoreId): Promise<Screen> {
  try {
    return { at: "presented", shown: await trpc.benefits.redeem.lookUp.mutate({ code: typed, storeId }) };
  } catch (reason) {
    return refusedOr(reason, { at: "lookUpLost", typed });
  }
}

/** Uses the code. */
export async function confirm(shown: Presented, storeId: StoreId): Promise<Screen> {
  try {
    const { at } = await trpc.benefits.redeem.confirm.mutate({ codeId: shown.codeId, storeId });
    return { at: "confirmed", shown, when: at };
  } catch (reason) {
    return refusedOr(reason, { at: "confirmLost", shown });
  }
}

/** Uses the code once more after an answer was lost: where the first try had used it, that is what counts. */
export async function confirmAgain(shown: Presented, storeId: StoreId): Promise<Screen> {
  const screen = await confirm(shown, storeId);
  if (screen.at !== "refused" || screen.code !== "REDEMPTION_CODE_USED") return screen;
  try {
    const first = await trpc.benefits.redeem.outcome.query({ codeId: shown.codeId, storeId });
    return first === null ? screen : { at: "confirmed", shown, when: first.at };
  } catch (reason) {
    return refusedOr(reason, { at: "confirmLost", shown });
  }
}

/** A "no" is told as one; after anything else nobody knows what happened. */
function refusedOr(reason: unknown, lost: Screen): Screen {
  const { code, condition } = refusalOf(reason);
  return code === "OFFLINE" || code === "INTERNAL" ? lost : { at: "refused", code, condition };
}
