"use client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { useFormats } from "#app/format/use.ts";
import { trpc } from "#app/trpc/client.ts";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { FirstUse } from "#app/ui/empty-state.tsx";
import { NumberField, TextField } from "#app/ui/field.tsx";
import { FormProblem, SubmitButton } from "#app/ui/form.tsx";
import { Table } from "#app/ui/table.tsx";
import { toast } from "#app/ui/toast.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import { ShowcaseProduct } from "#server/offers/showcase/model.ts";
import { fenOf } from "../offer-terms.ts";

/** Adds and removes products; each change is saved at once. Removing can be undone from the toast. */
export function ShowcaseEditor({
  products,
  mayArrange,
}: {
  products: readonly ShowcaseProduct[];
  mayArrange: boolean;
}) {
  const t = useTranslations("offers.showcase");
  const locale = useLocale();
  const { money } = useFormats();
  const router = useRouter();
  const [round, setRound] = useState(0);

  async function arrange(next: readonly ShowcaseProduct[], undo?: () => void) {
    await trpc.offers.arrangeShowcase.mutate({ products: [...next] });
    toast(t("saved"), undo);
    router.refresh();
  }

  const form = useSubmit({
    send: (data) => {
      const text = (name: string) => String(data.get(name) ?? "").trim();
      const added = ShowcaseProduct.parse({
        sku: text("sku"),
        name: { "zh-CN": text("name.zh-CN"), en: text("name.en") },
        category: text("category"),
        listPriceFen: fenOf(text("listPriceFen")),
      });
      return arrange([...products.filter(({ sku }) => sku !== added.sku), added]);
    },
    done: () => setRound(round + 1),
  });
  const remover = useSubmit({
    send: (data) =>
      arrange(
        products.filter(({ sku }) => sku !== data.get("sku")),
        () => void arrange(products),
      ),
  });

  return (
    <div className="grid gap-4">
      <Card>
        {products.length === 0 ? (
          <FirstUse title={t("none")}>{t("noneHint")}</FirstUse>
        ) : (
          <form {...remover.props}>
            <FormProblem form={remover} signIn="/desk/sign-in" />
            <Table
              caption={t("caption")}
              hideCaption
              rows={products}
              rowKey={({ sku }) => sku}
              columns={[
                { key: "name", header: t("name"), names: true, cell: ({ name }) => name[locale] },
                { key: "sku", header: t("sku"), cell: ({ sku }) => <code className="font-mono text-sm">{sku}</code> },
                { key: "category", header: t("category"), cell: ({ category }) => category },
                { key: "price", header: t("listPrice"), align: "end", cell: ({ listPriceFen }) => money(listPriceFen) },
                ...(mayArrange
                  ? [
                      {
                        key: "remove",
                        header: t("remove"),
                        cell: ({ sku, name }: ShowcaseProduct) => (
                          <Button
                            type="submit"
                            name="sku"
                            value={sku}
                            tone="quiet"
                            size="sm"
                            aria-label={t("removeNamed", { name: name[locale] })}
                          >
                            {t("remove")}
                          </Button>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          </form>
        )}
      </Card>
      {mayArrange && (
        <Card title={t("addTitle")}>
          <form key={round} {...form.props} className="grid gap-4">
            <FormProblem form={form} signIn="/desk/sign-in" />
            <div className="grid gap-4 sm:grid-cols-2">
              <TextField {...form.field("name.zh-CN")} label={t("nameZh")} required maxLength={80} />
              <TextField {...form.field("name.en")} label={t("nameEn")} required maxLength={160} />
              <TextField {...form.field("sku")} label={t("sku")} required maxLength={64} />
              <TextField {...form.field("category")} label={t("category")} required maxLength={32} />
              <NumberField {...form.field("listPriceFen")} decimals label={t("listPrice")} required />
            </div>
            <SubmitButton form={form} className="justify-self-start">
              {t("add")}
            </SubmitButton>
          </form>
        </Card>
      )}
    </div>
  );
}
