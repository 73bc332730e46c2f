"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "#app/trpc/client.ts";
import { Button } from "#app/ui/button.tsx";
import { CodeBlock } from "#app/ui/code-block.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { Choices, TextField } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { CreateApiKey, scopes } from "#server/staff/api-keys/model.ts";

/** Asks what a new key is for and may do, and shows it the one time it is ever shown. */
export function CreateKey() {
  const t = useTranslations("apiKeys");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [key, setKey] = useState<string | null>(null);
  const form = useSubmit({
    send: (data) =>
      trpc.apiKeys.create.mutate(CreateApiKey.parse({ name: data.get("name"), scopes: data.getAll("scopes") })),
    done: (made) => setKey(made.key),
    explain: { name: t("nameMissing"), scopes: t("scopesMissing") },
  });
  const close = () => {
    setOpen(false);
    setKey(null);
    router.refresh();
  };
  return (
    <>
      <Button tone="primary" onClick={() => setOpen(true)}>
        {t("create")}
      </Button>
      <Dialog open={open} onClose={close} title={key === null ? t("create") : t("created")}>
        {key === null ? (
          <form {...form.props} className="grid gap-4">
            <FormProblem form={form} signIn="/desk/sign-in" stepUp="/desk/step-up" />
            <TextField {...form.field("name")} label={t("name")} hint={t("nameHint")} required maxLength={60} />
            <Choices
              {...form.field("scopes")}
              label={t("scopes")}
              hint={t("scopesHint")}
              several
              options={scopes.map((scope) => ({ value: scope, label: t(`scope.${scope.replace(":", "_")}`) }))}
            />
            <div className="flex justify-end gap-2">
              <Button onClick={close}>{t("cancel")}</Button>
              <SubmitButton form={form}>{t("create")}</SubmitButton>
            </div>
          </form>
        ) : (
          <div className="grid gap-4">
            <Notice tone="warn" live>
              {t("shownOnce")}
            </Notice>
            <CodeBlock label={t("key")} text={key} />
            <div className="flex justify-end">
              <Button tone="primary" onClick={close}>
                {t("kept")}
              </Button>
            </div>
          </div>
        )}
      </Dialog>
    </>
  );
}
