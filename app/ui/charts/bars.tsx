import { scaleLinear } from "d3-scale";

export type Bar = { readonly key: string; readonly label: string; readonly value: number; readonly text: string };

const row = 32;
const labels = 88;
const figures = 84;

/** Horizontal bars, each labelled with its name and figure; they all start from zero. */
export function Bars({ bars, width }: { bars: readonly Bar[]; width: number }) {
  const x = scaleLinear()
    .domain([0, Math.max(1, ...bars.map(({ value }) => value))])
    .range([0, width - labels - figures]);
  const height = bars.length * row;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className="block w-full" role="presentation">
      {bars.map((bar, at) => (
        <g key={bar.key} transform={`translate(0 ${at * row})`}>
          <text
            x={labels - 10}
            y={row / 2}
            textAnchor="end"
            dominantBaseline="central"
            className="fill-ink-2 text-base"
          >
            {bar.label}
          </text>
          <rect
            x={labels}
            y={6}
            width={Math.max(bar.value > 0 ? 2 : 0, x(bar.value))}
            height={row - 12}
            rx={3}
            className="fill-c1"
          />
          <text
            x={labels + x(bar.value) + 8}
            y={row / 2}
            dominantBaseline="central"
            className="fill-ink text-base font-strong"
          >
            {bar.text}
          </text>
        </g>
      ))}
      <line x1={labels} x2={labels} y1={0} y2={height} className="stroke-control" />
    </svg>
  );
}
