import { scaleLinear, scalePoint } from "d3-scale";
import { line } from "d3-shape";

export type Series = {
  readonly key: string;
  /** Stands at the line's own end: no legend to look up. */
  readonly label: string;
  readonly values: readonly number[];
};

const box = { height: 220, top: 14, bottom: 26, left: 44, right: 76 };
const inks = ["stroke-c1", "stroke-c2", "stroke-c3"];
const fills = ["fill-c1", "fill-c2", "fill-c3"];
const dashes = [undefined, "6 4", "2 3"];

/** Lines over days from zero up, told apart by colour, dash and the label at their end. `x` names the days. */
export function Lines({
  x,
  series,
  width,
  format,
}: {
  x: readonly string[];
  series: readonly Series[];
  width: number;
  format: (value: number) => string;
}) {
  const most = Math.max(1, ...series.flatMap(({ values }) => values));
  const across = scalePoint<number>()
    .domain(x.map((_, at) => at))
    .range([box.left, width - box.right]);
  const up = scaleLinear()
    .domain([0, most])
    .nice(4)
    .range([box.height - box.bottom, box.top]);
  const path = line<number>()
    .x((_, at) => across(at) ?? 0)
    .y((value) => up(value));
  const ticks = up.ticks(4).filter(Number.isInteger);
  const ends = spread(series.map(({ values }) => up(values.at(-1) ?? 0)));
  return (
    <svg viewBox={`0 0 ${width} ${box.height}`} className="block w-full" role="presentation">
      {ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={box.left}
            x2={width - box.right}
            y1={up(tick)}
            y2={up(tick)}
            className={tick === 0 ? "stroke-control" : "stroke-line"}
          />
          <text
            x={box.left - 8}
            y={up(tick)}
            textAnchor="end"
            dominantBaseline="central"
            className="fill-ink-3 text-xs"
          >
            {format(tick)}
          </text>
        </g>
      ))}
      {[0, Math.floor((x.length - 1) / 2), x.length - 1].map((at) => (
        <text key={at} x={across(at) ?? 0} y={box.height - 8} textAnchor="middle" className="fill-ink-3 text-xs">
          {x[at]}
        </text>
      ))}
      {series.map(({ key, label, values }, at) => (
        <g key={key}>
          <path
            d={path([...values]) ?? ""}
            fill="none"
            strokeWidth={2}
            strokeDasharray={dashes[at]}
            className={inks[at]}
          />
          <circle cx={across(values.length - 1) ?? 0} cy={up(values.at(-1) ?? 0)} r={3} className={fills[at]} />
          <text
            x={width - box.right + 10}
            y={ends[at]}
            dominantBaseline="central"
            className={`${fills[at]} text-sm font-strong`}
          >
            {label}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** Moves labels apart that would lie on each other, keeping their order. */
function spread(places: readonly number[]): number[] {
  const gap = 18;
  const order = places.map((place, at) => ({ place, at })).sort((a, b) => a.place - b.place);
  const moved: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const { place, at } of order) {
    last = Math.max(place, last + gap);
    moved[at] = last;
  }
  const overflow = Math.max(0, last - (box.height - box.bottom));
  return moved.map((place) => place - overflow);
}
