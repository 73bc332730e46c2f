import { useTranslations } from "next-intl";
import { Table } from "#app/ui/table.tsx";
import { type NoticeChange, noticeElements } from "#server/consents/notices/model.ts";
import { changedParagraphs } from "#server/consents/notices/rules.ts";
import { Paragraphs } from "./notice-text.tsx";

/** In what two versions differ, in words: of each text the paragraphs that went and those that came. */
export function NoticeChanges({
  caption,
  changes,
  purposes,
}: {
  caption: string;
  changes: readonly NoticeChange[];
  /** The names of purposes by their codes. */
  purposes: Readonly<Record<string, string>>;
}) {
  const t = useTranslations("notices.changes");
  const label = useLabel(purposes);
  const lines = useLines(purposes);
  return (
    <Table
      caption={caption}
      hideCaption
      rows={changes}
      rowKey={({ path }) => path}
      columns={[
        { key: "what", header: t("what"), names: true, className: "align-top", cell: ({ path }) => label(path) },
        {
          key: "before",
          header: t("before"),
          className: "align-top",
          cell: (change) => <Paragraphs lines={lines(change).gone} />,
        },
        {
          key: "after",
          header: t("after"),
          className: "align-top",
          cell: (change) => <Paragraphs lines={lines(change).come} />,
        },
      ]}
    />
  );
}

function useLabel(purposes: Readonly<Record<string, string>>): (path: string) => string {
  const t = useTranslations("notices");
  return (path) => {
    const [place = "", name = "", part = ""] = path.split(".");
    const language = t(path.endsWith(".en") ? "languages.en" : "languages.zh");
    const element = noticeElements.find((one) => one === name);
    if (place === "title") return t("changes.title", { language });
    if (place === "short") return t("changes.short", { language });
    if (place === "purposes") {
      const purpose = purposes[name] ?? name;
      return part === "" ? t("changes.purpose", { purpose }) : t("changes.term", { purpose });
    }
    if (element === undefined) return t("changes.order");
    const named = { element: t(`elements.${element}`), language };
    return part === "heading" ? t("changes.heading", named) : t("changes.body", named);
  };
}

function useLines(purposes: Readonly<Record<string, string>>) {
  const t = useTranslations("notices.elements");
  const shell = useTranslations("shell");
  /** Codes in a value, as the names that people read. */
  const said = (path: string, value: string | null) => {
    if (value === null) return "";
    if (path !== "sections") return purposes[value] ?? value;
    return noticeElements
      .toSorted((a, b) => value.split(" ").indexOf(a) - value.split(" ").indexOf(b))
      .filter((element) => value.split(" ").includes(element))
      .map((element) => t(element))
      .join(shell("listComma"));
  };
  return ({ path, before, after }: NoticeChange) => changedParagraphs(said(path, before), said(path, after));
}
