import { useTranslations } from "next-intl";
import { useFormats } from "#app/format/use.ts";
import { Card } from "#app/ui/card.tsx";
import { LinkButton } from "#app/ui/link.tsx";
import { Table } from "#app/ui/table.tsx";
import type { Caller } from "#server/api/root.ts";
import type { BenefitId } from "#server/benefits/model.ts";
import type { StoreName } from "../ground.ts";
import { OpenSlots } from "./open-slots.tsx";

type Slot = Awaited<ReturnType<Caller["benefits"]["slots"]["list"]>>[number];

/** When and where the benefit can be booked in the coming weeks, day by day, and how full it is. */
export function Slots({
  benefitId,
  slots,
  stores,
  from,
  later,
  mayOpen,
}: {
  benefitId: BenefitId;
  slots: readonly Slot[];
  stores: readonly StoreName[];
  /** First day shown. */
  from: string;
  /** The address of the weeks after these. */
  later: string;
  mayOpen: boolean;
}) {
  const t = useTranslations("benefits.desk.slots");
  const { date, dateTime, count } = useFormats();
  const sum = (of: readonly Slot[], key: "capacity" | "booked") => of.reduce((total, slot) => total + slot[key], 0);
  return (
    <Card title={t("title", { from })} actions={<LinkButton href={later}>{t("later")}</LinkButton>}>
      <div className="grid gap-5">
        {slots.length === 0 && <p className="text-ink-2">{t("none")}</p>}
        <div className="grid items-start gap-5 lg:grid-cols-2">
          {stores
            .map((store) => ({ ...store, slots: slots.filter(({ storeId }) => storeId === store.id) }))
            .filter((store) => store.slots.length > 0)
            .map((store) => (
              <Table
                key={store.id}
                caption={store.name}
                rows={[...Map.groupBy(store.slots, ({ startsAt }) => date(startsAt))]}
                rowKey={([day]) => day}
                columns={[
                  { key: "day", header: t("day"), names: true, cell: ([day]) => day },
                  {
                    key: "times",
                    header: t("times"),
                    cell: ([, found]) =>
                      t("span", {
                        from: dateTime(found[0]?.startsAt).slice(11),
                        to: dateTime(found.at(-1)?.endsAt).slice(11),
                        count: found.length,
                      }),
                  },
                  {
                    key: "booked",
                    header: t("booked"),
                    align: "end",
                    cell: ([, found]) => count(sum(found, "booked")),
                  },
                  {
                    key: "places",
                    header: t("places"),
                    align: "end",
                    cell: ([, found]) => count(sum(found, "capacity")),
                  },
                ]}
              />
            ))}
        </div>
        {mayOpen && <OpenSlots benefitId={benefitId} stores={stores} from={from} />}
      </div>
    </Card>
  );
}
