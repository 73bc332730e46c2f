"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { ChosenSettings } from "#server/orders/importing/model.ts";
import type { SeenTable } from "#server/orders/mapping/look.ts";
import { afterSaleMeanings, type Mapping, meanings, SaveMapping } from "#server/orders/mapping/model.ts";
import { type Draft, propose } from "#server/orders/mapping/propose.ts";
import { orderStatuses } from "#server/tiers/model.ts";
import { trpc } from "../../../../trpc/client.ts";
import { Button } from "../../../../ui/button.tsx";
import { Card } from "../../../../ui/card.tsx";
import { Select, TextField } from "../../../../ui/field.tsx";
import { FormProblem, SubmitButton } from "../../../../ui/form.tsx";
import { useSubmit } from "../../../../ui/use-submit.ts";
import { ColumnTable } from "./column-table.tsx";
import { columnOf, mappingOf, picked, picksOf } from "./mapping-of.ts";
import { Needed } from "./needed.tsx";
import { ReadAs } from "./read-as.tsx";
import { SourceSettings } from "./source-settings.tsx";
import { WordTable } from "./word-table.tsx";

type Template = { readonly id: string; readonly name: string; readonly mapping: Mapping };

/** A file that waits for somebody to say what its columns are. */
export type Unmapped = {
  readonly uploadId: string;
  readonly fileName: string;
  readonly chosen: ChosenSettings;
  readonly table: SeenTable;
  /** Saved mappings to begin with: of this very header first, then those whose columns it has. */
  readonly templates: readonly Template[];
  /** The mapping of this very header, where there is one. */
  readonly fitting: Template | null;
};

/** Asks what each column of a file is, keeps the answer under a name and begins the check of the file with it. */
export function MapColumns({ file, back }: { file: Unmapped; back: () => void }) {
  const t = useTranslations("mappings");
  const router = useRouter();
  const top = useRef<HTMLFormElement>(null);
  const { table } = file;
  const [start, setStart] = useState<Template | null>(file.fitting);
  const draft = draftOf(file, start);
  const [picks, setPicks] = useState(() => picksOf(table, draft));
  const form = useSubmit({
    send: async (data) => {
      const mapping = mappingOf(table, draft, picks, data);
      await trpc.orders.mappings.save.mutate(SaveMapping.parse({ name: data.get("name"), mapping }));
      const { uploadId, fileName, chosen } = file;
      return trpc.orders.start.mutate({ uploadId, fileName, chosen: { ...chosen, platform: undefined, mapping } });
    },
    done: ({ batchId }) => router.push(`/desk/orders/${batchId}`),
    explain: {
      orderId: t("needed.orderId"),
      paid: t("needed.paid"),
      status: t("needed.status"),
      placedAt: t("needed.placedAt"),
      lineId: t("needed.lineId"),
      source: t("needed.source"),
      header: t("needed.header"),
      columns: t("needed.columns"),
    },
  });
  const status = columnOf(table, picks, "status");
  const afterSale = columnOf(table, picks, "afterSale");
  // This form takes the place of the one before: with a keyboard or a screen reader one goes on from here.
  useEffect(() => top.current?.focus(), []);

  function startFrom(id: string) {
    const template = file.templates.find((one) => one.id === id) ?? null;
    setStart(template);
    setPicks(picksOf(table, draftOf(file, template)));
  }

  return (
    <form {...form.props} ref={top} tabIndex={-1} aria-label={t("columns.title")} className="grid gap-4 outline-none">
      <FormProblem form={form} signIn="/desk/sign-in" />
      <Card title={t("read.title")} actions={<Button onClick={back}>{t("back")}</Button>}>
        <ReadAs table={table} />
      </Card>
      <Card title={t("settings.title")}>
        <div className="grid gap-4">
          {file.templates.length > 0 && (
            <Select
              name="template"
              label={t("settings.template")}
              blank={t("settings.guesses")}
              value={start?.id ?? ""}
              onChange={({ target }) => startFrom(target.value)}
              options={file.templates.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
          <SourceSettings
            key={start?.id}
            draft={draft}
            hasAfterSale={afterSale !== undefined && picks.includes("refund")}
            field={form.field}
          />
        </div>
      </Card>
      <Card title={t("columns.title")}>
        <div className="grid gap-5">
          <Needed table={table} picks={picks} />
          <ColumnTable table={table} picks={picks} pick={(at, field) => setPicks(picked(picks, at, field))} />
        </div>
      </Card>
      {status === undefined ? (
        <Card>
          <Select
            {...form.field("assumed")}
            key={start?.id}
            label={t("words.assumed")}
            defaultValue={draft.assumed ?? ""}
            blank="--"
            options={orderStatuses.map((value) => ({ value, label: t(`meanings.${value}`) }))}
          />
        </Card>
      ) : (
        <WordTable
          key={`${start?.id} ${status.key}`}
          kind="status"
          title={t("words.title")}
          caption={t("words.caption")}
          column={status}
          start={draft.words}
          options={meanings.map((value) => ({ value, label: t(`meanings.${value}`) }))}
        />
      )}
      {afterSale !== undefined && (
        <WordTable
          key={`${start?.id} ${afterSale.key}`}
          kind="afterSale"
          title={t("words.afterSaleTitle")}
          caption={t("words.afterSaleCaption")}
          column={afterSale}
          start={draft.afterSaleWords}
          options={afterSaleMeanings.map((value) => ({ value, label: t(`afterSaleMeanings.${value}`) }))}
        />
      )}
      <Card>
        <div className="grid gap-4">
          <TextField
            {...form.field("name")}
            key={start?.id}
            label={t("name")}
            hint={t("nameHint")}
            defaultValue={file.fitting !== null && start?.id === file.fitting.id ? start.name : ""}
            maxLength={60}
            required
            autoComplete="off"
          />
          <div>
            <SubmitButton form={form}>{t("submit")}</SubmitButton>
          </div>
        </div>
      </Card>
    </form>
  );
}

/** Where somebody begins: with a saved mapping, or with the guesses and the platform that was named. */
function draftOf({ table, chosen }: Unmapped, template: Template | null): Draft {
  const guessed = propose(table);
  if (template !== null) return { ...template.mapping, header: guessed.header, sensitive: guessed.sensitive };
  return chosen.platform === undefined ? guessed : { ...guessed, platform: chosen.platform };
}
