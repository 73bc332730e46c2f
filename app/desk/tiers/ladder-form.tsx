"use client";
import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { ChangeTable } from "#app/(portal)/rules/changes.tsx";
import { useRefusals } from "#app/i18n/refusals.client.ts";
import { trpc } from "#app/trpc/client.ts";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { NumberField, Select, TextField } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { useUnsaved } from "#app/ui/use-unsaved.ts";
import { diffTerms, soundLadder, tierName } from "#server/tiers/ladders/rules.ts";
import { downgradePolicies, type LadderRef, LadderTerms } from "#server/tiers/model.ts";
import { emptyTier, type LadderText, type TierText, termsOf, textOf } from "./ladder-text.ts";

/** Edits a ladder as text, saying at once whether it is sound and what differs from the version in force. */
export function LadderForm({
  initial,
  published,
  target,
}: {
  initial: LadderTerms;
  published: LadderTerms | null;
  target: LadderRef | null;
}) {
  const t = useTranslations("tiers.draft");
  const tiers = useTranslations("tiers");
  const locale = useLocale();
  const say = useRefusals();
  const router = useRouter();
  const [text, setText] = useState(() => textOf(initial));
  const [dirty, setDirty] = useState(false);
  useUnsaved(dirty);
  const form = useSubmit({
    send: () => {
      const terms = LadderTerms.parse(termsOf(text));
      return target === null
        ? trpc.tiers.ladders.draft.mutate({ terms })
        : trpc.tiers.ladders.edit.mutate({ ...target, terms });
    },
    done: ({ ladderId }) => {
      setDirty(false);
      router.push(`/desk/tiers/${ladderId}`);
      router.refresh();
    },
  });
  const change = (part: Partial<LadderText>) => {
    setText((before) => ({ ...before, ...part }));
    setDirty(true);
  };
  const changeTier = (index: number, part: Partial<TierText>) =>
    change({ tiers: text.tiers.map((tier, at) => (at === index ? { ...tier, ...part } : tier)) });
  const field = (key: Exclude<keyof LadderText, "tiers">, name: string) => ({
    ...form.field(name),
    value: text[key],
    onChange: (event: { target: { value: string } }) => change({ [key]: event.target.value }),
  });
  const read = LadderTerms.safeParse(termsOf(text));
  const verdict = read.success ? soundLadder(read.data) : null;
  /** Codes in a rule's answer, as the names that are in the fields. */
  const named = (condition: Readonly<Record<string, string | number>>) =>
    Object.fromEntries(
      Object.entries(condition).map(([key, value]) => [
        key,
        read.success && typeof value === "string" ? tierName(read.data, value, locale) : value,
      ]),
    );
  const changes = read.success ? diffTerms(published, read.data) : [];
  return (
    <form {...form.props} className="grid gap-4">
      <FormProblem form={form} signIn="/desk/sign-in" />
      <Card title={t("tiers")}>
        <div className="grid gap-3">
          {text.tiers.map((tier, index) => {
            const own = (key: Exclude<keyof TierText, "key">, name: string) => ({
              ...form.field(`tiers.${index}.${name}`),
              value: tier[key],
              onChange: (event: { target: { value: string } }) => changeTier(index, { [key]: event.target.value }),
            });
            const label = (locale === "en" ? tier.nameEn : tier.nameZh) || tier.code || String(index + 1);
            return (
              <fieldset
                key={tier.key}
                className="grid items-start gap-3 rounded-lg border border-line p-3 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_1fr_1fr_1fr_auto]"
              >
                <legend className="px-1 font-strong">{label}</legend>
                <TextField
                  {...own("code", "code")}
                  label={t("code")}
                  required
                  maxLength={32}
                  autoCapitalize="off"
                  spellCheck={false}
                />
                <TextField {...own("nameZh", "name.zh-CN")} label={t("nameZh")} required maxLength={12} />
                <TextField {...own("nameEn", "name.en")} label={t("nameEn")} required maxLength={24} />
                <NumberField {...own("upgradeAt", "upgradeAt")} label={t("upgradeAt")} required />
                <NumberField {...own("keepAt", "keepAt")} label={t("keepAt")} required />
                {index > 0 && (
                  <Button
                    className="self-end"
                    aria-label={t("remove", { tier: label })}
                    onClick={() => change({ tiers: text.tiers.filter(({ key }) => key !== tier.key) })}
                  >
                    {t("removeShort")}
                  </Button>
                )}
              </fieldset>
            );
          })}
          <div className="flex flex-wrap items-center gap-3">
            <Button
              disabled={text.tiers.length >= 12}
              onClick={() => change({ tiers: [...text.tiers, emptyTier(text.tiers)] })}
            >
              <Plus aria-hidden size={16} />
              {t("add")}
            </Button>
            <p className="text-sm text-ink-3">{t("codeHint")}</p>
          </div>
        </div>
      </Card>
      <Card title={t("period")}>
        <div className="grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-3">
          <Select
            {...field("kind", "qualification.kind")}
            label={t("qualification")}
            options={[
              { value: "rolling", label: t("rolling") },
              { value: "calendarYear", label: t("calendarYear") },
            ]}
          />
          {text.kind === "rolling" && (
            <NumberField {...field("days", "qualification.days")} label={t("days")} required />
          )}
          <Select
            {...field("downgrade", "downgrade")}
            label={t("downgrade")}
            options={downgradePolicies.map((value) => ({ value, label: tiers(`policy.${value}`) }))}
          />
          <NumberField {...field("graceDays", "graceDays")} label={t("graceDays")} required />
          <NumberField {...field("noticeDays", "noticeDays")} label={t("noticeDays")} hint={t("noticeHint")} required />
        </div>
      </Card>
      <Card title={t("earning")}>
        <div className="grid items-start gap-3 sm:grid-cols-3">
          <NumberField {...field("denominator", "growth.perYuan.denominator")} label={t("denominator")} required />
          <NumberField {...field("numerator", "growth.perYuan.numerator")} label={t("numerator")} required />
          <NumberField
            {...field("returnWindowDays", "growth.returnWindowDays")}
            label={t("returnWindowDays")}
            required
          />
        </div>
      </Card>
      {verdict !== null && !verdict.ok && (
        <Notice tone="warn" live title={t("problem")}>
          {say(verdict.code, named(verdict.condition))}
        </Notice>
      )}
      {read.success && (
        <Card title={t("diff")}>
          {published === null ? (
            <p className="text-ink-2">{t("diffFirst")}</p>
          ) : changes.length === 0 ? (
            <p className="text-ink-2">{t("diffNone")}</p>
          ) : (
            <ChangeTable caption={t("diff")} before={published} after={read.data} changes={changes} />
          )}
        </Card>
      )}
      <div className="sticky bottom-0 flex justify-end gap-2 border-t border-line bg-canvas py-3">
        <SubmitButton form={form} disabled={verdict !== null && !verdict.ok}>
          {t("save")}
        </SubmitButton>
      </div>
    </form>
  );
}
