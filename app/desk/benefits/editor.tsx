"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { TierNames } from "#app/(portal)/offers/names.ts";
import { trpc } from "#app/trpc/client.ts";
import { Card } from "#app/ui/card.tsx";
import { Checkbox, Choices, DateField, NumberField, Select, TextArea, TextField } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { LinkButton } from "#app/ui/link.tsx";
import { toast } from "#app/ui/toast.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { useUnsaved } from "#app/ui/use-unsaved.ts";
import { type BenefitId, type BenefitTerms, quotaPeriods } from "#server/benefits/model.ts";
import { minuteOf } from "../offers/offer-terms.ts";
import { termsOf } from "./benefit-terms.ts";
import { DerivationsEditor } from "./derivations-editor.tsx";
import type { Purpose, StoreName } from "./ground.ts";
import { LiveCheck, useCheck } from "./live-check.tsx";
import { NeedsEditor } from "./needs-editor.tsx";

/** Writes the next version of a benefit; what would be refused, or asked about, is said beside it as one types. */
export function BenefitEditor({
  benefitId,
  editing,
  start,
  tiers,
  purposes,
  stores,
}: {
  benefitId: BenefitId | null;
  /** The hash of the draft that is being changed. */
  editing: string | null;
  /** Where one begins: what is in force, the draft, or a blank page. */
  start: BenefitTerms;
  tiers: TierNames;
  purposes: readonly Purpose[];
  stores: readonly StoreName[];
}) {
  const t = useTranslations("benefits.desk");
  const router = useRouter();
  const element = useRef<HTMLFormElement>(null);
  const [gives, setGives] = useState<string>(start.gives.kind);
  const [code, setCode] = useState<string>(start.purpose ?? "");
  const [needed, setNeeded] = useState<readonly string[]>(start.needs.map(({ field }) => field));
  const [terms, setTerms] = useState<BenefitTerms | null>(start);
  const [dirty, setDirty] = useState(false);
  useUnsaved(dirty);
  const checked = useCheck(terms);
  const purpose = purposes.find((one) => one.code === code);
  const form = useSubmit({
    send: (data) => trpc.benefits.save.mutate({ benefitId, editing, terms: termsOf(data) }),
    done: (saved) => {
      setDirty(false);
      toast(t("form.saved"));
      router.push(`/desk/benefits/${saved.benefitId}`);
    },
  });

  function follow() {
    if (element.current === null) return;
    try {
      setTerms(termsOf(new FormData(element.current)));
    } catch {
      setTerms(null);
    }
  }
  // Fields that appear or go with a choice are there only after it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew when one of these changed the form
  useEffect(follow, [gives, code, needed]);

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
        <Card title={t("form.words")}>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              {...form.field("title.zh-CN")}
              label={t("form.titleZh")}
              required
              maxLength={30}
              defaultValue={start.title["zh-CN"]}
            />
            <TextField
              {...form.field("title.en")}
              label={t("form.titleEn")}
              required
              maxLength={60}
              defaultValue={start.title.en}
            />
            <TextArea
              {...form.field("description.zh-CN")}
              label={t("form.descriptionZh")}
              required
              maxLength={240}
              defaultValue={start.description["zh-CN"]}
            />
            <TextArea
              {...form.field("description.en")}
              label={t("form.descriptionEn")}
              required
              maxLength={480}
              defaultValue={start.description.en}
            />
          </div>
        </Card>
        <Card title={t("form.what")}>
          <div className="grid gap-5">
            <Choices
              {...form.field("tiers")}
              label={t("terms.tiers")}
              several
              inline
              chosen={start.tiers}
              options={Object.entries(tiers).map(([value, label]) => ({ value, label }))}
            />
            <div className="grid gap-4 sm:grid-cols-2">
              <Select
                {...form.field("gives")}
                label={t("terms.gives")}
                value={gives}
                onChange={(event) => setGives(event.target.value)}
                options={[
                  { value: "service", label: t("gives.service") },
                  { value: "points", label: t("form.points") },
                ]}
              />
              {gives === "points" && (
                <NumberField
                  {...form.field("gives.points")}
                  label={t("form.pointsCount")}
                  hint={t("form.pointsHint")}
                  required
                  defaultValue={start.gives.kind === "points" ? String(start.gives.points) : ""}
                />
              )}
            </div>
            <div className="grid gap-4 sm:grid-cols-3">
              <Select
                {...form.field("quota.period")}
                label={t("form.period")}
                defaultValue={start.quota.period}
                options={quotaPeriods.map((value) => ({ value, label: t(`form.periods.${value}`) }))}
              />
              <NumberField
                {...form.field("quota.count")}
                label={t("form.count")}
                required
                maxLength={2}
                defaultValue={String(start.quota.count)}
              />
              <NumberField
                {...form.field("quota.rollover")}
                label={t("form.rollover")}
                hint={t("form.rolloverHint")}
                maxLength={2}
                defaultValue={String(start.quota.rollover)}
              />
            </div>
          </div>
        </Card>
        <Card title={t("form.data")}>
          <div className="grid gap-5">
            <p className="text-ink-2">{t("form.dataHint")}</p>
            <Select
              {...form.field("purpose")}
              label={t("terms.purpose")}
              value={code}
              blank={t("terms.noPurpose")}
              onChange={(event) => {
                setCode(event.target.value);
                setNeeded([]);
              }}
              options={purposes.map(({ code, name }) => ({ value: code, label: name }))}
            />
            {purpose && (
              <NeedsEditor
                key={purpose.code}
                purpose={purpose}
                start={start.needs}
                needed={needed}
                onNeeded={setNeeded}
                field={form.field}
              />
            )}
          </div>
        </Card>
        {purpose && (
          <DerivationsEditor
            key={purpose.code}
            start={purpose.code === start.purpose ? start.derivations : []}
            fields={purpose.fields.filter(({ key, comparable }) => comparable && needed.includes(key))}
            field={form.field}
            onShape={follow}
          />
        )}
        <Card title={t("form.where")}>
          <div className="grid gap-5">
            <Checkbox
              {...form.field("booked")}
              label={t("form.booked")}
              hint={t("form.bookedHint")}
              defaultChecked={start.booked}
            />
            <Choices
              {...form.field("stores")}
              label={t("terms.stores")}
              hint={t("form.storesHint")}
              several
              inline
              chosen={start.stores}
              options={stores.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <div className="grid gap-4 sm:grid-cols-2">
              <DateField
                {...form.field("window.from")}
                time
                label={t("form.from")}
                required
                defaultValue={minuteOf(start.window.from)}
              />
              <DateField
                {...form.field("window.to")}
                time
                label={t("form.to")}
                hint={t("form.toHint")}
                defaultValue={start.window.to === null ? "" : minuteOf(start.window.to)}
              />
            </div>
          </div>
        </Card>
        <div className="flex flex-wrap gap-2">
          <SubmitButton form={form} disabled={checked?.refusal != null}>
            {t("form.save")}
          </SubmitButton>
          <LinkButton href={benefitId === null ? "/desk/benefits" : `/desk/benefits/${benefitId}`}>
            {t("form.cancel")}
          </LinkButton>
        </div>
      </form>
      <LiveCheck incomplete={terms === null} checked={checked} tiers={tiers} purposes={purposes} />
    </div>
  );
}
