import { useTranslations } from "next-intl";
import { useFormats } from "../format/use.ts";
import { Bars } from "../ui/charts/bars.tsx";
import { ChartFigure } from "../ui/charts/figure.tsx";
import { Lines } from "../ui/charts/lines.tsx";
import { Table } from "../ui/table.tsx";

/** How members are spread over the tiers; the title says how many stand above the first one. */
export function TiersChart({ tiers }: { tiers: readonly { code: string; name: string; members: number }[] }) {
  const t = useTranslations("dashboard.tiers");
  const f = useFormats();
  const all = tiers.reduce((sum, { members }) => sum + members, 0);
  const [first, second] = tiers;
  const above = all - (first?.members ?? 0);
  return (
    <ChartFigure
      title={second ? t("finding", { share: f.percent(above / all), tier: second.name }) : t("oneTier")}
      hint={t("hint")}
      draw={(width) => (
        <Bars
          width={width}
          bars={tiers.map(({ code, name, members }) => ({
            key: code,
            label: name,
            value: members,
            text: f.compact(members),
          }))}
        />
      )}
      table={
        <Table
          caption={t("caption")}
          hideCaption
          rows={tiers}
          rowKey={(tier) => tier.code}
          columns={[
            { key: "tier", header: t("tier"), names: true, cell: (tier) => tier.name },
            { key: "members", header: t("members"), align: "end", cell: (tier) => f.count(tier.members) },
            { key: "share", header: t("share"), align: "end", cell: (tier) => f.percent(tier.members / all) },
          ]}
        />
      }
    />
  );
}

type Day = { readonly day: string; readonly orders: number; readonly claims: number; readonly joined: number };

/** Orders and claims of thirty days; the title compares the last seven with the seven before. */
export function DaysChart({ days }: { days: readonly Day[] }) {
  const t = useTranslations("dashboard.days");
  const f = useFormats();
  const sum = (from: number, to: number) => days.slice(from, to).reduce((total, { orders }) => total + orders, 0);
  const [last, before] = [sum(-7, days.length), sum(-14, -7)];
  const trend = before === 0 ? "new" : last > before ? "more" : last < before ? "less" : "same";
  return (
    <ChartFigure
      title={t("finding", {
        trend,
        orders: f.count(last),
        change: before === 0 ? "" : f.percent(Math.abs(last - before) / before),
      })}
      hint={t("hint")}
      folded
      draw={(width) => (
        <Lines
          width={width}
          format={f.compact}
          x={days.map(({ day }) => day.slice(5))}
          series={[
            { key: "orders", label: t("orders"), values: days.map(({ orders }) => orders) },
            { key: "claims", label: t("claims"), values: days.map(({ claims }) => claims) },
          ]}
        />
      )}
      table={
        <Table
          caption={t("caption")}
          hideCaption
          rows={days.toReversed()}
          rowKey={(day) => day.day}
          columns={[
            { key: "day", header: t("day"), names: true, cell: (day) => day.day },
            { key: "orders", header: t("orders"), align: "end", cell: (day) => f.count(day.orders) },
            { key: "claims", header: t("claims"), align: "end", cell: (day) => f.count(day.claims) },
            { key: "joined", header: t("joined"), align: "end", cell: (day) => f.count(day.joined) },
          ]}
        />
      }
    />
  );
}
