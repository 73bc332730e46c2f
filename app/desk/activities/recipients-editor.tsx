import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#app/ui/button.tsx";
import { Select, TextField } from "#app/ui/field.tsx";
import { type Recipient, recipientRelations } from "#server/consents/activities/model.ts";
import { type FieldOf, TextPair } from "./text-pair.tsx";

type Row = { readonly id: number; readonly recipient: Recipient | null };

/** Who else handles the data, in what legal form, for what. */
export function RecipientsEditor({
  start,
  field,
  onChange,
}: {
  start: readonly Recipient[];
  field: FieldOf;
  /** Called when there is one more or one less. */
  onChange: (count: number) => void;
}) {
  const t = useTranslations("activities.form");
  const [rows, setRows] = useState<readonly Row[]>(() => start.map((recipient, id) => ({ id, recipient })));
  function change(next: readonly Row[]) {
    setRows(next);
    onChange(next.length);
  }
  return (
    <div className="grid gap-5">
      {rows.map(({ id, recipient }, index) => (
        <fieldset key={id} className="grid min-w-0 gap-4">
          <legend className="mb-2 font-strong">{t("recipient", { number: index + 1 })}</legend>
          <input type="hidden" name="recipient" value={index} />
          <RecipientFields path={`recipients.${index}`} recipient={recipient} field={field} />
          <div>
            <Button size="sm" onClick={() => change(rows.filter((row) => row.id !== id))}>
              {t("removeRecipient")}
            </Button>
          </div>
        </fieldset>
      ))}
      <div>
        <Button
          disabled={rows.length === 20}
          onClick={() => change([...rows, { id: Math.max(-1, ...rows.map((row) => row.id)) + 1, recipient: null }])}
        >
          {t("addRecipient")}
        </Button>
      </div>
    </div>
  );
}

function RecipientFields({ path, recipient, field }: { path: string; recipient: Recipient | null; field: FieldOf }) {
  const t = useTranslations("activities");
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          {...field(`${path}.name`)}
          label={t("form.recipientName")}
          required
          maxLength={60}
          defaultValue={recipient?.name}
        />
        <TextField
          {...field(`${path}.contact`)}
          label={t("form.contact")}
          required
          maxLength={120}
          defaultValue={recipient?.contact}
        />
        <Select
          {...field(`${path}.relation`)}
          label={t("form.relation")}
          defaultValue={recipient?.relation ?? "entrusted"}
          options={recipientRelations.map((value) => ({ value, label: t(`relations.${value}`) }))}
        />
        <TextField
          {...field(`${path}.country`)}
          label={t("form.country")}
          hint={t("form.countryHint")}
          required
          maxLength={2}
          defaultValue={recipient?.country ?? "CN"}
        />
      </div>
      <TextPair
        name={`${path}.purpose`}
        label={t("form.recipientPurpose")}
        field={field}
        value={recipient?.purpose ?? null}
        max={120}
      />
      <TextPair
        name={`${path}.method`}
        label={t("form.recipientMethod")}
        field={field}
        value={recipient?.method ?? null}
        max={120}
      />
    </>
  );
}
