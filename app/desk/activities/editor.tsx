"use client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { Card } from "#app/ui/card.tsx";
import { Checkbox, NumberField, Select, TextField } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { LinkButton } from "#app/ui/link.tsx";
import { toast } from "#app/ui/toast.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { useUnsaved } from "#app/ui/use-unsaved.ts";
import {
  type ActivityTerms,
  activityUses,
  lawfulBases,
  OneActivity,
  retentionTriggers,
} from "#server/consents/activities/model.ts";
import type { FieldDefinition, FieldKey } from "#server/consents/fields/model.ts";
import { fieldSubjects, type PurposeCode } from "#server/consents/model.ts";
import { termsOf } from "./activity-terms.ts";
import { FieldsEditor } from "./fields-editor.tsx";
import { LiveCheck } from "./live-check.tsx";
import { RecipientsEditor } from "./recipients-editor.tsx";
import { TextPair } from "./text-pair.tsx";

/** Writes the next version of an activity; what the law says to it stands beside it as one types. */
export function ActivityEditor({
  code,
  editing,
  start,
  definitions,
}: {
  /** Null for a new one, which is given its code here. */
  code: PurposeCode | null;
  /** The hash of the draft that is being changed. */
  editing: string | null;
  /** Where one begins: the draft, what is in force, or a blank page. */
  start: ActivityTerms;
  definitions: ReadonlyMap<FieldKey, FieldDefinition>;
}) {
  const t = useTranslations("activities");
  const subjects = useTranslations("fields.subjects");
  const locale = useLocale();
  const router = useRouter();
  const element = useRef<HTMLFormElement>(null);
  const [subject, setSubject] = useState<string>(start.subject);
  const [chosen, setChosen] = useState<readonly FieldKey[]>(start.fields.map(({ key }) => key));
  const [recipients, setRecipients] = useState(start.recipients.length);
  const [terms, setTerms] = useState<ActivityTerms | null>(null);
  const [dirty, setDirty] = useState(false);
  useUnsaved(dirty);
  const form = useSubmit({
    send: (data) => {
      const named = OneActivity.parse({ code: code ?? data.get("code") });
      return trpc.consents.activities.save.mutate({ ...named, editing, terms: termsOf(data, definitions) });
    },
    done: (saved) => {
      setDirty(false);
      toast(t("form.saved"));
      router.push(`/desk/activities/${saved.code}`);
      router.refresh();
    },
  });

  function follow() {
    if (element.current === null) return;
    try {
      setTerms(termsOf(new FormData(element.current), definitions));
    } catch {
      setTerms(null);
    }
  }
  // Fields that appear or go with a choice are there only after it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew when one of these changed the form
  useEffect(follow, [subject, chosen, recipients]);

  const { field } = form;
  const all = [...definitions.values()];
  const names = Object.fromEntries(all.map(({ key, name }) => [key, name[locale]]));
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <form
        ref={element}
        {...form.props}
        onChange={() => {
          setDirty(true);
          follow();
        }}
        className="grid gap-4"
      >
        <FormProblem form={form} signIn="/desk/sign-in" />
        <Card title={t("form.basics")}>
          <div className="grid gap-4">
            {code === null && (
              <TextField
                {...field("code")}
                label={t("terms.code")}
                hint={t("form.codeHint")}
                required
                maxLength={40}
                autoComplete="off"
              />
            )}
            <TextPair name="name" label={t("terms.name")} field={field} value={start.name} max={30} />
            <TextPair name="purpose" label={t("terms.purpose")} field={field} value={start.purpose} max={160} long />
            <div className="grid gap-4 sm:grid-cols-2">
              <Select
                {...field("use")}
                label={t("terms.use")}
                defaultValue={start.use}
                options={activityUses.map((value) => ({ value, label: t(`uses.${value}`) }))}
              />
              <Select
                {...field("subject")}
                label={t("terms.subject")}
                value={subject}
                onChange={(event) => {
                  setSubject(event.target.value);
                  setChosen([]);
                }}
                options={fieldSubjects.map((value) => ({ value, label: subjects(value) }))}
              />
            </div>
          </div>
        </Card>
        <Card title={t("form.lawful")}>
          <div className="grid gap-4">
            <div className="grid gap-4 sm:grid-cols-2">
              <Select
                {...field("basis")}
                label={t("terms.basis")}
                defaultValue={start.basis}
                options={lawfulBases.map((value) => ({ value, label: t(`bases.${value}`) }))}
              />
              <TextField
                {...field("basisDetail")}
                label={t("terms.basisDetail")}
                hint={t("form.basisDetailHint")}
                maxLength={160}
                defaultValue={start.basisDetail ?? ""}
              />
            </div>
            <TextPair
              name="impact"
              label={t("terms.impact")}
              hint={t("form.impactHint")}
              field={field}
              value={start.impact}
              max={240}
              required={false}
              long
            />
            <TextPair name="refusal" label={t("terms.refusal")} field={field} value={start.refusal} max={160} long />
            <Checkbox
              {...field("automatedDecision")}
              label={t("form.automatedDecision")}
              defaultChecked={start.automatedDecision}
            />
          </div>
        </Card>
        <Card title={t("form.data")}>
          <FieldsEditor
            definitions={all.filter((definition) => definition.subject === subject)}
            start={start.fields}
            chosen={chosen}
            onChosen={setChosen}
            field={field}
          />
        </Card>
        <Card title={t("form.keeping")}>
          <div className="grid gap-4">
            <TextPair name="method" label={t("terms.method")} field={field} value={start.method} max={160} long />
            <div className="grid gap-4 sm:grid-cols-2">
              <Select
                {...field("retention.trigger")}
                label={t("form.trigger")}
                defaultValue={start.retention.trigger}
                options={retentionTriggers.map((value) => ({ value, label: t(`triggers.${value}`) }))}
              />
              <NumberField
                {...field("retention.days")}
                label={t("form.days")}
                hint={t("form.daysHint")}
                required
                defaultValue={String(start.retention.days)}
              />
            </div>
            <TextPair
              name="storagePlace"
              label={t("terms.storagePlace")}
              field={field}
              value={start.storagePlace}
              max={60}
            />
            <TextField
              {...field("systems")}
              label={t("terms.systems")}
              hint={t("terms.systemsHint")}
              required
              defaultValue={start.systems.join("、")}
            />
          </div>
        </Card>
        <Card title={t("form.sharing")}>
          <RecipientsEditor start={start.recipients} field={field} onChange={setRecipients} />
        </Card>
        <div className="flex flex-wrap gap-2">
          <SubmitButton form={form}>{t("form.save")}</SubmitButton>
          <LinkButton href={code === null ? "/desk/activities" : `/desk/activities/${code}`}>
            {t("form.cancel")}
          </LinkButton>
        </div>
      </form>
      <LiveCheck terms={terms} definitions={definitions} names={names} />
    </div>
  );
}
