import type { Locale } from "#app/i18n/locales.ts";
import type { NoticeContent } from "#server/consents/notices/model.ts";
import { layers } from "#server/consents/notices/rules.ts";

/** A notice in layers: what matters for a decision first, then every section. `level` fits the page's outline. */
export function NoticeText({
  content,
  locale,
  short,
  full,
  level = 2,
}: {
  content: NoticeContent;
  locale: Locale;
  /** The headings of the two layers. */
  short: string;
  full: string;
  level?: 2 | 3;
}) {
  const notice = layers({ content }, locale);
  const Layer = level === 2 ? "h2" : "h3";
  const Section = level === 2 ? "h3" : "h4";
  return (
    <div lang={locale} className="grid gap-6">
      <section className="grid gap-2">
        <Layer className="text-lg font-strong">{short}</Layer>
        <Paragraphs lines={notice.short} />
      </section>
      <section className="grid gap-4">
        <Layer className="text-lg font-strong">{full}</Layer>
        {notice.sections.map(({ element, heading, paragraphs }) => (
          <section key={element} className="grid gap-1">
            <Section className="font-strong">{heading}</Section>
            <Paragraphs lines={paragraphs} />
          </section>
        ))}
      </section>
    </div>
  );
}

/** Lines of a text, each a paragraph of its own. */
export function Paragraphs({ lines }: { lines: readonly string[] }) {
  return lines.map((line) => (
    <p key={line} className="text-ink-2">
      {line}
    </p>
  ));
}
