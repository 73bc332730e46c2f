"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { Card } from "#app/ui/card.tsx";
import { Select, TextField } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { toast } from "#app/ui/toast.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { fieldSubjects } from "#server/consents/model.ts";
import { definitionOf } from "./field-definition.ts";
import { FormatFields } from "./format-fields.tsx";

/** Adds a field of the brand's own to the catalogue; then the form is blank again. */
export function AddField() {
  const t = useTranslations("fields.add");
  const router = useRouter();
  const [added, setAdded] = useState(0);
  return (
    <Card title={t("title")}>
      <p className="mb-3 text-ink-2">{t("hint")}</p>
      <FieldForm
        key={added}
        done={() => {
          toast(t("saved"));
          setAdded(added + 1);
          router.refresh();
        }}
      />
    </Card>
  );
}

function FieldForm({ done }: { done: () => void }) {
  const t = useTranslations("fields");
  const [subject, setSubject] = useState("member");
  const [kind, setKind] = useState("text");
  const form = useSubmit({
    send: (data) => trpc.consents.fields.add.mutate(definitionOf(data)),
    done,
  });
  return (
    <form {...form.props} className="grid gap-4">
      <FormProblem form={form} signIn="/desk/sign-in" />
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          {...form.field("subject")}
          label={t("add.subject")}
          value={subject}
          onChange={(event) => setSubject(event.target.value)}
          options={fieldSubjects.map((value) => ({ value, label: t(`subjects.${value}`) }))}
        />
        <TextField
          {...form.field("key")}
          label={t("add.key")}
          hint={t("add.keyHint")}
          required
          maxLength={40}
          autoComplete="off"
        />
        {subject === "member" ? (
          <Select
            {...form.field("class")}
            label={t("add.class")}
            hint={t("add.classHint")}
            defaultValue="general"
            options={(["general", "sensitive"] as const).map((value) => ({ value, label: t(`classes.${value}`) }))}
          />
        ) : (
          <p className="self-center text-ink-2">{t("add.minor")}</p>
        )}
        <Select
          {...form.field("format.kind")}
          label={t("add.kind")}
          value={kind}
          onChange={(event) => setKind(event.target.value)}
          options={(["text", "number", "choice", "month"] as const).map((value) => ({
            value,
            label: t(`add.kinds.${value}`),
          }))}
        />
        <TextField {...form.field("name.zh-CN")} label={t("add.nameZh")} required maxLength={20} />
        <TextField {...form.field("name.en")} label={t("add.nameEn")} required maxLength={40} />
      </div>
      <FormatFields kind={kind} field={form.field} />
      <div>
        <SubmitButton form={form}>{t("add.save")}</SubmitButton>
      </div>
    </form>
  );
}
