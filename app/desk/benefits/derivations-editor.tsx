"use client";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useId, useState } from "react";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { NumberField, Select, TextField } from "#app/ui/field.tsx";
import type { useSubmit } from "#app/ui/use-submit.ts";
import type { Derivation } from "#server/benefits/model.ts";
import type { Purpose } from "./ground.ts";

type Field = ReturnType<typeof useSubmit>["field"];
type Band = Derivation["bands"][number];
/** Rows keep their key while others come and go, so that what was typed stays in its row. */
type Keyed<T> = { readonly row: number; readonly start: T };
type TableStart = Omit<Derivation, "field"> & { readonly field: string };

let rows = 0;
const keyed = <T,>(start: T): Keyed<T> => ({ row: ++rows, start });
const blankBand: Band = { below: null, value: { "zh-CN": "", en: "" } };

/** The brand's own tables: what store staff see in place of a value. */
export function DerivationsEditor({
  start,
  fields,
  field,
  onShape,
}: {
  start: readonly Derivation[];
  fields: Purpose["fields"];
  field: Field;
  /** A row came or went. */
  onShape: () => void;
}) {
  const t = useTranslations("benefits.desk.form");
  const [tables, setTables] = useState<readonly Keyed<TableStart>[]>(() => start.map(keyed));
  const shaped = useEffectEvent(onShape);
  // biome-ignore lint/correctness/useExhaustiveDependencies: told after the rows are there
  useEffect(() => shaped(), [tables]);
  const add = () =>
    setTables([
      ...tables,
      keyed({ key: "", name: { "zh-CN": "", en: "" }, field: fields[0]?.key ?? "", bands: [blankBand] }),
    ]);
  return (
    <Card title={t("derivations")}>
      <div className="grid gap-5">
        <p className="text-ink-2">{t("derivationsHint")}</p>
        {tables.map((table, index) => (
          <TableEditor
            key={table.row}
            name={`derivations.${index}`}
            start={table.start}
            fields={fields}
            field={field}
            onShape={onShape}
            remove={() => setTables(tables.filter((one) => one !== table))}
          />
        ))}
        {fields.length === 0 && tables.length === 0 ? (
          <p className="text-ink-3">{t("derivationsNone")}</p>
        ) : (
          <Button className="w-fit" onClick={add}>
            {t("addTable")}
          </Button>
        )}
      </div>
    </Card>
  );
}

function TableEditor({
  name,
  start,
  fields,
  field: wire,
  onShape,
  remove,
}: {
  name: string;
  start: TableStart;
  fields: Purpose["fields"];
  field: Field;
  onShape: () => void;
  remove: () => void;
}) {
  const t = useTranslations("benefits.desk.form");
  const heading = useId();
  const [bands, setBands] = useState<readonly Keyed<Band>[]>(() => start.bands.map(keyed));
  const shaped = useEffectEvent(onShape);
  // biome-ignore lint/correctness/useExhaustiveDependencies: told after the rows are there
  useEffect(() => shaped(), [bands]);
  return (
    <section aria-labelledby={heading} className="grid gap-3 rounded-md border border-line p-3">
      <input type="hidden" name="derivations" value={name} />
      <div className="flex items-center justify-between gap-2">
        <h3 id={heading} className="font-strong">
          {start.name["zh-CN"] === "" ? t("newTable") : start.key}
        </h3>
        <Button size="sm" tone="quiet" onClick={remove}>
          {t("removeTable")}
        </Button>
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          {...wire(`${name}.name.zh-CN`)}
          label={t("tableZh")}
          required
          maxLength={20}
          defaultValue={start.name["zh-CN"]}
        />
        <TextField
          {...wire(`${name}.name.en`)}
          label={t("tableEn")}
          required
          maxLength={40}
          defaultValue={start.name.en}
        />
        <TextField
          {...wire(`${name}.key`)}
          label={t("tableKey")}
          hint={t("tableKeyHint")}
          required
          maxLength={30}
          defaultValue={start.key}
        />
        <Select
          {...wire(`${name}.field`)}
          label={t("tableField")}
          defaultValue={start.field}
          options={fields.map(({ key, name }) => ({ value: key, label: name }))}
        />
      </div>
      <p className="text-sm text-ink-3">{t("bandsHint")}</p>
      {bands.map((band, index) => {
        const own = `${name}.bands.${index}`;
        const last = index === bands.length - 1;
        return (
          <div key={band.row} className="grid items-start gap-3 sm:grid-cols-[7rem_1fr_1fr_auto]">
            <input type="hidden" name={`${name}.bands`} value={own} />
            {last ? (
              <p className="self-end pb-1 text-ink-2">{t("rest")}</p>
            ) : (
              <NumberField
                {...wire(`${own}.below`)}
                decimals
                label={t("below")}
                required
                maxLength={8}
                defaultValue={band.start.below === null ? "" : String(band.start.below)}
              />
            )}
            <TextField
              {...wire(`${own}.value.zh-CN`)}
              label={t("shownZh")}
              required
              maxLength={20}
              defaultValue={band.start.value["zh-CN"]}
            />
            <TextField
              {...wire(`${own}.value.en`)}
              label={t("shownEn")}
              required
              maxLength={40}
              defaultValue={band.start.value.en}
            />
            <Button
              size="sm"
              tone="quiet"
              className="self-end"
              disabled={bands.length === 1}
              onClick={() => setBands(bands.filter((one) => one !== band))}
            >
              {t("removeBand")}
            </Button>
          </div>
        );
      })}
      <Button
        size="sm"
        className="w-fit"
        onClick={() => setBands([...bands.slice(0, -1), keyed(blankBand), ...bands.slice(-1)])}
      >
        {t("addBand")}
      </Button>
    </section>
  );
}
