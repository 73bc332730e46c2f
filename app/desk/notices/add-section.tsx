import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#app/ui/button.tsx";
import { Select } from "#app/ui/field.tsx";
import type { NoticeElement } from "#server/consents/notices/model.ts";

/** Adds a section that the law does not ask for here. */
export function AddSection({
  elements,
  onAdd,
}: {
  elements: readonly NoticeElement[];
  onAdd: (element: NoticeElement) => void;
}) {
  const t = useTranslations("notices");
  const [chosen, setChosen] = useState("");
  const element = elements.find((one) => one === chosen);
  if (elements.length === 0) return null;
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Select
        name="add"
        label={t("editor.add")}
        value={element ?? ""}
        blank="--"
        onChange={(event) => setChosen(event.target.value)}
        options={elements.map((value) => ({ value, label: t(`elements.${value}`) }))}
      />
      <Button disabled={element === undefined} onClick={() => element !== undefined && onAdd(element)}>
        {t("editor.addButton")}
      </Button>
    </div>
  );
}
