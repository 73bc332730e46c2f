import { getTranslations } from "next-intl/server";
import { formats } from "#app/format/server.ts";
import { server } from "#app/trpc/server.ts";
import { Card } from "#app/ui/card.tsx";

/** Who of the staff looked at what is normally masked: when, in which role, why (PIPL Art. 44, the right to know). */
export async function Looks() {
  const api = await server();
  const [looks, t, f] = await Promise.all([api.audit.accessesToMe(), getTranslations(), formats()]);
  const named = (key: string, code: string) => (t.has(`${key}.${code}`) ? t(`${key}.${code}`) : code);
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
          {looks.map(({ id, at, role, action, purpose }) => (
            <li key={id}>
              <p>
                {t("audit.looks.told", {
                  role: roles(role),
                  what: named("audit.looks.what", action.replaceAll(".", "_")),
                  purpose: named("audit.purposes", purpose ?? ""),
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
