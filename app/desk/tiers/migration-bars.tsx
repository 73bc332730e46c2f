import { scaleLinear } from "d3-scale";

type Row = { readonly key: string; readonly label: string; readonly opening: number; readonly closing: number };

const pair = 48;
const bar = 14;
const names = 88;
const figures = 120;

/** Two bars a tier, before over after, so that where they differ is where members move. */
export function MigrationBars({
  rows,
  width,
  labels,
  text,
}: {
  rows: readonly Row[];
  width: number;
  labels: { readonly opening: string; readonly closing: string };
  text: (members: number) => string;
}) {
  const x = scaleLinear()
    .domain([0, Math.max(1, ...rows.flatMap(({ opening, closing }) => [opening, closing]))])
    .range([0, width - names - figures]);
  const length = (members: number) => Math.max(members > 0 ? 2 : 0, x(members));
  const height = rows.length * pair;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className="block w-full" role="presentation">
      {rows.map((row, at) => (
        <g key={row.key} transform={`translate(0 ${at * pair + 6})`}>
          <text
            x={names - 10}
            y={pair / 2 - 6}
            textAnchor="end"
            dominantBaseline="central"
            className="fill-ink-2 text-base"
          >
            {row.label}
          </text>
          <rect x={names} y={0} width={length(row.opening)} height={bar} rx={3} className="fill-control" />
          <text
            x={names + length(row.opening) + 8}
            y={bar / 2}
            dominantBaseline="central"
            className="fill-ink-2 text-sm"
          >
            {labels.opening} {text(row.opening)}
          </text>
          <rect x={names} y={bar + 4} width={length(row.closing)} height={bar} rx={3} className="fill-c1" />
          <text
            x={names + length(row.closing) + 8}
            y={bar * 1.5 + 4}
            dominantBaseline="central"
            className="fill-ink text-sm font-strong"
          >
            {labels.closing} {text(row.closing)}
          </text>
        </g>
      ))}
      <line x1={names} x2={names} y1={0} y2={height} className="stroke-control" />
    </svg>
  );
}
