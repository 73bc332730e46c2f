import { useFormats } from "#app/format/use.ts";

/** The times of one day between which something is, in Beijing time: 10:00–11:00. */
export function Span({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }) {
  const { dateTime } = useFormats();
  return (
    <time dateTime={startsAt.toISOString()}>
      {dateTime(startsAt).slice(11)}–{dateTime(endsAt).slice(11)}
    </time>
  );
}
