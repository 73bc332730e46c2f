import { getTranslations } from "next-intl/server";
import type { OrderFilter } from "#server/orders/console/model.ts";
import { builtInViews, type ViewShown } from "#server/orders/console/views/model.ts";
import { ClientMessages } from "../../../i18n/client-messages.tsx";
import { address } from "../../../ui/address.ts";
import { Tabs } from "../../../ui/tabs.tsx";
import { consolePath, isSame, queryOf } from "./search-address.ts";
import { RemoveView, RenameView, SaveView } from "./view-acts.tsx";

/**
 * The views as tabs: those that everybody has, one's own, those that were shared. The one whose filters stand in the
 * address is the present one; filters that no view has can be kept as one.
 */
export async function Views({ filter, saved }: { filter: OrderFilter; saved: readonly ViewShown[] }) {
  const t = await getTranslations("orderConsole.views");
  const kept = saved.map((view) => ({
    key: view.id,
    label: view.own ? view.name : t("shared", { name: view.name }),
    filter: view.filter,
  }));
  const all: { key: string; label: string; filter: OrderFilter }[] = [
    ...builtInViews.map(({ key, filter: view }) => ({ key, label: t(key), filter: view })),
    ...kept,
  ];
  const current = all.find((view) => isSame(view.filter, filter));
  const own = saved.find((view) => view.id === current?.key && view.own);
  return (
    <div className="grid gap-3">
      <Tabs
        label={t("label")}
        current={current?.key ?? ""}
        items={all.map((view) => ({
          key: view.key,
          label: view.label,
          href: address(consolePath, queryOf(view.filter)),
        }))}
      />
      <ClientMessages of={["orderConsole", "desk"]}>
        <div className="flex flex-wrap gap-2 empty:hidden">
          {current === undefined && <SaveView filter={filter} />}
          {own && <RenameView viewId={own.id} name={own.name} />}
          {own && <RemoveView viewId={own.id} name={own.name} />}
        </div>
      </ClientMessages>
    </div>
  );
}
