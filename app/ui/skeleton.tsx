/** The shape of what is loading, shown only after 150 ms so that quick answers never flicker. */
export function Skeleton({ label, lines = 6 }: { label: string; lines?: number }) {
  return (
    <div role="status" className="late grid gap-3">
      <span className="sr-only">{label}</span>
      <div aria-hidden className="h-7 w-48 rounded-md bg-sunken" />
      <div aria-hidden className="grid gap-px overflow-hidden rounded-lg border border-line bg-line">
        {Array.from({ length: lines }, (_, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
          <div key={line} className="flex h-(--row-height) items-center bg-surface px-3">
            <div className="h-3 w-1/2 rounded-sm bg-sunken" />
          </div>
        ))}
      </div>
    </div>
  );
}
