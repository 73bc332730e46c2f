import { getLocale, getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { server } from "#app/trpc/server.ts";
import { Card } from "#app/ui/card.tsx";

/**
 * Who of the staff looked at what is normally masked, or tried to: when, in which role, why (PIPL Art. 44, the right to
 * know). Values that were given are read for a purpose of the member's consents, and named field by field.
 */
export async function Looks() {
  const api = await server();
  const [looks, t, f, locale] = await Promise.all([
    api.audit.accessesToMe(),
    getTranslations(),
    formats(),
    getLocale(),
  ]);
  const given = looks.some(({ fields }) => fields.length > 0);
  const purposes = given ? (await api.consents.ledger.mine()).purposes : [];
  const named = (key: string, code: string) => (t.has(`${key}.${code}`) ? t(`${key}.${code}`) : code);
  const purposeName = (code: string) =>
    purposes.find((purpose) => purpose.code === code)?.terms.name[locale] ?? named("audit.purposes", code);
  const fieldNames = (keys: readonly string[]) =>
    keys.map((key) => {
      const known = purposes.flatMap(({ fields }) => fields).find((field) => field.key === key);
      return known?.definition.name[locale] ?? key;
    });
  const roles = (held: string | null) =>
    (held ?? "")
      .split("+")
      .map((role) => named("desk.roles", role))
      .join(t("shell.listComma"));
  return (
    <Card title={t("audit.looks.title")}>
      {looks.length === 0 ? (
        <p className="text-ink-2">{t("audit.looks.none")}</p>
      ) : (
        <ul className="grid gap-3">
          {looks.map(({ id, at, role, action, purpose, outcome, fields }) => (
            <li key={id}>
              <p>
                {t(outcome === "done" ? "audit.looks.told" : "audit.looks.refused", {
                  role: roles(role),
                  what:
                    fields.length > 0
                      ? fieldNames(fields).join(t("shell.listComma"))
                      : named("audit.looks.what", action.replaceAll(".", "_")),
                  purpose: purposeName(purpose ?? ""),
                })}
              </p>
              <p className="text-sm text-ink-3">{f.dateTime(at)}</p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
