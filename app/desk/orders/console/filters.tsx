import { getTranslations } from "next-intl/server";
import { importedSince } from "#server/orders/console/model.ts";
import { shownStatuses } from "#server/orders/model.ts";
import { platforms } from "#server/orders/reading/model.ts";
import { formats } from "../../../format/server.ts";
import { address, param, type Query } from "../../../ui/address.ts";
import { DateField, Select } from "../../../ui/field.tsx";
import { type Chip, FilterBar } from "../../../ui/filter-bar.tsx";
import { consolePath, type FilterName, filterNames } from "./search-address.ts";

/** A recent batch, to choose among. */
export type RecentBatch = { readonly id: string; readonly fileName: string; readonly createdAt: Date };

/** The filters, and a chip for each that is in force, also for one that means nothing. */
export async function Filters({
  query,
  unknown,
  batches,
}: {
  query: Query;
  unknown: ReadonlySet<string>;
  batches: readonly RecentBatch[];
}) {
  const [t, all, f] = await Promise.all([getTranslations("orderConsole"), getTranslations("orders"), formats()]);
  const options = {
    status: shownStatuses.map((value) => ({ value, label: all(`statuses.${value}`) })),
    platform: platforms.map((value) => ({ value, label: all(`platforms.${value}`) })),
    owned: [
      { value: "yes", label: t("yes") },
      { value: "no", label: t("no") },
    ],
    imported: importedSince.map((value) => ({ value, label: t(`imported.${value}`) })),
    batchId: batches.map(({ id, fileName, createdAt }) => ({
      value: id,
      label: `${fileName} · ${f.dateTime(createdAt)}`,
    })),
  };
  const choices = Object.entries(options);
  const said = (name: FilterName, value: string): string =>
    choices.find(([key]) => key === name)?.[1].find((option) => option.value === value)?.label ?? value;
  const chips = filterNames.flatMap((name): Chip[] => {
    const value = param(query, name);
    if (value === undefined) return [];
    const label = unknown.has(name)
      ? t("unknown", { value })
      : t("chip", { label: t(`fields.${name}`), value: said(name, value) });
    return [{ key: name, label, remove: address(consolePath, query, { [name]: null, after: null }) }];
  });
  const choice = (name: keyof typeof options) => {
    const chosen = param(query, name) ?? "";
    const known = options[name];
    const isListed = chosen === "" || unknown.has(name) || known.some(({ value }) => value === chosen);
    return (
      <Select
        name={name}
        label={t(`fields.${name}`)}
        blank={t("any")}
        defaultValue={chosen}
        options={isListed ? known : [{ value: chosen, label: chosen }, ...known]}
        className="sm:max-w-60"
      />
    );
  };
  const number = param(query, "number");
  return (
    <FilterBar action={consolePath} chips={chips} clear={consolePath}>
      {choice("status")}
      {choice("platform")}
      {choice("owned")}
      {choice("imported")}
      {choice("batchId")}
      <DateField name="from" label={t("fields.from")} defaultValue={param(query, "from")} />
      <DateField name="to" label={t("fields.to")} defaultValue={param(query, "to")} />
      {number && <input type="hidden" name="number" value={number} />}
    </FilterBar>
  );
}
