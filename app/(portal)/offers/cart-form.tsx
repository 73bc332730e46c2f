import Form from "next/form";
import { useLocale, useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Button } from "#app/ui/button.tsx";
import { NumberField, Select } from "#app/ui/field.tsx";
import { type Channel, channels } from "#server/offers/model.ts";
import type { ShowcaseProduct } from "#server/offers/showcase/model.ts";
import { type Asked, quantityName } from "./cart.ts";

/** A cart to be priced, in the address: it needs no JavaScript and can be shared. */
export function CartForm({ products, asked }: { products: readonly ShowcaseProduct[]; asked: Asked }) {
  const t = useTranslations("offers.portal");
  const channelName = useTranslations("offers.channels");
  const locale = useLocale();
  const { money } = useFormats();
  return (
    <Form action="/offers" scroll={false} className="grid gap-4">
      <Select
        name="channel"
        label={t("channel")}
        defaultValue={asked.channel}
        options={channels.map((channel: Channel) => ({ value: channel, label: channelName(channel) }))}
      />
      <div className="grid gap-3 sm:grid-cols-2">
        {products.map((product) => (
          <NumberField
            key={product.sku}
            name={quantityName(product.sku)}
            label={product.name[locale]}
            hint={money(product.listPriceFen)}
            placeholder="0"
            maxLength={3}
            defaultValue={asked.quantities.get(product.sku)?.toString() ?? ""}
          />
        ))}
      </div>
      <Button type="submit" tone="primary" className="justify-self-start">
        {t("run")}
      </Button>
    </Form>
  );
}
