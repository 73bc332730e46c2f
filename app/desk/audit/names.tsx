import { useTranslations } from "next-intl";
import type { ActorKind } from "#server/audit/model.ts";

/** The catalogue's key of an action: `order.import.finish` is `order_import_finish`, since dots part keys. */
export function actionKey(action: string): string {
  return action.replaceAll(".", "_");
}

/** Names actions of the log in the reader's language; one without a name is shown as its code. */
export function useActionNames(): (action: string) => string {
  const t = useTranslations("audit.actions");
  return (action) => (t.has(actionKey(action)) ? t(actionKey(action)) : action);
}

/** Names the roles that an entry holds, such as `auditor+operator`. */
export function useRoleNames(): (role: string) => string {
  const t = useTranslations("desk.roles");
  const comma = useTranslations("shell")("listComma");
  return (role) =>
    role
      .split("+")
      .map((one) => (t.has(one) ? t(one) : one))
      .join(comma);
}

/** Names the purpose that somebody gave for looking. */
export function usePurposeNames(): (purpose: string) => string {
  const t = useTranslations("audit.purposes");
  return (purpose) => (t.has(purpose) ? t(purpose) : purpose);
}

type Acting = {
  readonly actorKind: ActorKind;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly role: string | null;
};

/** Names who acted: a colleague by name and role, a member by being one, the system by what it was doing. */
export function useActorNames(): (entry: Acting) => string {
  const t = useTranslations("audit.actors");
  const kinds = useTranslations("audit.actorKinds");
  const roleName = useRoleNames();
  return ({ actorKind, actorId, actorName, role }) => {
    if (actorKind === "staff") return t("staff", { name: actorName ?? kinds("staff"), role: roleName(role ?? "") });
    return actorKind === "system" ? t("system", { name: actorId ?? "" }) : kinds(actorKind);
  };
}

/** The names above for pages that are async, and so cannot call hooks themselves. */
export const ActionName = ({ action }: { action: string }) => useActionNames()(action);
export const ActorName = ({ entry }: { entry: Acting }) => useActorNames()(entry);
export const PurposeName = ({ purpose }: { purpose: string }) => usePurposeNames()(purpose);
