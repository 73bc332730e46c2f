"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { TierNames } from "#app/(portal)/offers/names.ts";
import { trpc } from "#app/trpc/client.ts";
import { Card } from "#app/ui/card.tsx";
import { Checkbox, Choices, DateField, NumberField, Select, TextArea, TextField } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { LinkButton } from "#app/ui/link.tsx";
import { toast } from "#app/ui/toast.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { useUnsaved } from "#app/ui/use-unsaved.ts";
import type { OfferId } from "#server/core/id.ts";
import type { KindForm } from "#server/offers/kinds/form.ts";
import { OfferTerms } from "#server/offers/kinds/index.ts";
import { capPeriods, channels, NEW_MEMBER_DAYS, type StoredTerms } from "#server/offers/model.ts";
import type { ShowcaseProduct } from "#server/offers/showcase/model.ts";
import { LivePrices } from "./live-prices.tsx";
import { fieldOf, minuteOf, termsOf, yuanOf } from "./offer-terms.ts";
import { RewardFields } from "./reward-fields.tsx";

/** Writes the next version of an offer, with its price in every tier beside it as one types. */
export function OfferEditor({
  offerId,
  editing,
  start,
  forms,
  tiers,
  products,
}: {
  offerId: OfferId | null;
  /** The hash of the draft that is being changed. */
  editing: string | null;
  /** Where one begins: what is in force, the draft, or a blank page. */
  start: StoredTerms;
  forms: readonly KindForm[];
  tiers: TierNames;
  products: readonly ShowcaseProduct[];
}) {
  const t = useTranslations("offers");
  const router = useRouter();
  const element = useRef<HTMLFormElement>(null);
  const [kind, setKind] = useState<string>(start.reward.kind);
  const [terms, setTerms] = useState<OfferTerms | null>(() => OfferTerms.safeParse(start).data ?? null);
  const [dirty, setDirty] = useState(false);
  useUnsaved(dirty);
  const form = useSubmit({
    send: (data) => trpc.offers.save.mutate({ offerId, editing, terms: readTerms(data) }),
    done: (saved) => {
      setDirty(false);
      toast(t("form.saved"));
      router.push(`/desk/offers/${saved.offerId}`);
    },
  });

  function readTerms(data: FormData): OfferTerms {
    try {
      return termsOf(data, forms);
    } catch (error) {
      throw renamed(error);
    }
  }

  function follow() {
    setDirty(true);
    if (element.current === null) return;
    try {
      setTerms(termsOf(new FormData(element.current), forms));
    } catch {
      setTerms(null);
    }
  }

  const { conditions } = start;
  const drawn = forms.find((each) => each.kind === kind);
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <form ref={element} {...form.props} onChange={follow} className="grid gap-4">
        <FormProblem form={form} signIn="/desk/sign-in" />
        <Card title={t("form.basics")}>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              {...form.field("titleZh")}
              label={t("form.titleZh")}
              required
              maxLength={80}
              defaultValue={start.title["zh-CN"]}
            />
            <TextField
              {...form.field("titleEn")}
              label={t("form.titleEn")}
              required
              maxLength={160}
              defaultValue={start.title.en}
            />
          </div>
        </Card>
        <Card title={t("form.reward")}>
          <div className="grid gap-4">
            <Select
              {...form.field("kind")}
              label={t("form.kind")}
              hint={t(`kinds.${kind}.hint`)}
              value={kind}
              onChange={(event) => setKind(event.target.value)}
              options={forms.map((each) => ({ value: each.kind, label: t(`kinds.${each.kind}.name`) }))}
            />
            {drawn && (
              <RewardFields
                form={drawn}
                values={kind === start.reward.kind ? { ...start.reward } : {}}
                field={form.field}
              />
            )}
          </div>
        </Card>
        <Card title={t("form.conditions")}>
          <p className="mb-4 text-ink-2">{t("form.conditionsHint")}</p>
          <div className="grid gap-5">
            <Choices
              {...form.field("tiers")}
              label={t("form.tiers")}
              several
              inline
              chosen={conditions.tiers}
              options={Object.entries(tiers).map(([value, label]) => ({ value, label }))}
            />
            <Choices
              {...form.field("channels")}
              label={t("form.channels")}
              several
              inline
              chosen={conditions.channels}
              options={channels.map((value) => ({ value, label: t(`channels.${value}`) }))}
            />
            <div className="grid gap-4 sm:grid-cols-2">
              <DateField
                {...form.field("from")}
                time
                label={t("form.from")}
                required
                defaultValue={minuteOf(conditions.window.from)}
              />
              <DateField
                {...form.field("to")}
                time
                label={t("form.to")}
                hint={t("form.toHint")}
                defaultValue={conditions.window.to === null ? "" : minuteOf(conditions.window.to)}
              />
            </div>
            <Checkbox
              {...form.field("newMemberOnly")}
              label={t("form.newMemberOnly", { days: NEW_MEMBER_DAYS })}
              defaultChecked={conditions.newMemberOnly}
            />
          </div>
        </Card>
        <Card title={t("form.scope")}>
          <div className="grid gap-4 sm:grid-cols-2">
            {(["skus", "categories", "excludeSkus", "excludeCategories"] as const).map((name) => (
              <TextArea
                key={name}
                {...form.field(name)}
                rows={2}
                label={t(`form.${name}`)}
                hint={t(name === "skus" ? "form.skusHint" : "form.listHint")}
                defaultValue={conditions.scope[name].join(", ")}
              />
            ))}
          </div>
        </Card>
        <Card title={`${t("form.stacking")} · ${t("form.usage")}`}>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              {...form.field("group")}
              label={t("form.group")}
              hint={t("form.groupHint")}
              defaultValue={conditions.stackingGroup ?? ""}
              maxLength={32}
            />
            <NumberField
              {...form.field("priority")}
              label={t("form.priority")}
              hint={t("form.priorityHint")}
              defaultValue={String(conditions.priority)}
            />
            <NumberField
              {...form.field("capCount")}
              label={t("form.capCount")}
              hint={t("form.capHint")}
              defaultValue={conditions.capPerMember?.count.toString() ?? ""}
            />
            <Select
              {...form.field("capPeriod")}
              label={t("form.capPeriod")}
              defaultValue={conditions.capPerMember?.period ?? "month"}
              options={capPeriods.map((value) => ({ value, label: t(`terms.periods.${value}`) }))}
            />
            <NumberField
              {...form.field("budgetMoney")}
              decimals
              label={t("form.budgetMoney")}
              hint={t("form.budgetHint")}
              defaultValue={conditions.budget?.amountFen == null ? "" : yuanOf(conditions.budget.amountFen)}
            />
            <NumberField
              {...form.field("budgetCount")}
              label={t("form.budgetCount")}
              hint={t("form.budgetHint")}
              defaultValue={conditions.budget?.count?.toString() ?? ""}
            />
            <Checkbox
              {...form.field("codeRequired")}
              label={t("form.codeRequired")}
              defaultChecked={conditions.codeRequired}
            />
          </div>
        </Card>
        <div className="flex flex-wrap gap-2">
          <SubmitButton form={form}>{t("form.save")}</SubmitButton>
          <LinkButton href={offerId === null ? "/desk/offers" : `/desk/offers/${offerId}`}>
            {t("form.cancel")}
          </LinkButton>
        </div>
      </form>
      <LivePrices offerId={offerId} terms={terms} tiers={tiers} products={products} />
    </div>
  );
}

/** The schema's error with the names of the editor's fields for paths, so that each is shown where it was typed. */
function renamed(error: unknown): unknown {
  if (!(error instanceof Error) || !("issues" in error) || !Array.isArray(error.issues)) return error;
  const issues = error.issues.map((issue: { code?: string; path?: PropertyKey[] }) => ({
    code: issue.code,
    path: [fieldOf((issue.path ?? []).map(String).join("."))],
  }));
  return Object.assign(new Error("fields"), { issues });
}
