"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FindByPhone as Input } from "#server/members/directory/model.ts";
import { trpc } from "../../trpc/client.ts";
import { TextField } from "../../ui/field.tsx";
import { FormProblem, SubmitButton } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useSubmit } from "../../ui/use-submit.ts";

/** Goes to the member who holds a phone. The number is sent in a body and never stands in an address or a list. */
export function FindByPhone() {
  const t = useTranslations("members.directory.phone");
  const router = useRouter();
  const [nobody, setNobody] = useState(false);
  const form = useSubmit({
    send: (data) => {
      setNobody(false);
      Input.parse({ phone: data.get("phone") });
      return trpc.members.directory.findByPhone.mutate({ phone: String(data.get("phone")) });
    },
    done: ({ memberId }) => (memberId === null ? setNobody(true) : router.push(`/desk/members/${memberId}`)),
    explain: { phone: t("wrong") },
  });
  return (
    <details>
      <summary className="min-h-(--tap) w-fit text-brand">{t("title")}</summary>
      <form {...form.props} className="mt-2 grid max-w-md gap-3">
        <FormProblem form={form} signIn="/desk/sign-in" />
        <TextField {...form.field("phone")} label={t("label")} hint={t("hint")} type="tel" autoComplete="off" />
        {nobody && <Notice live>{t("nobody")}</Notice>}
        <SubmitButton form={form} className="w-fit">
          {t("find")}
        </SubmitButton>
      </form>
    </details>
  );
}
