"use client";
import { FileUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ClipboardEvent, type DragEvent, useId, useRef, useState } from "react";
import { useFormats } from "../format/use.ts";

/**
 * Takes one file: dropped, pasted or chosen. It is a native file input under a large target, so keyboard and screen
 * readers need nothing else. `onFile` is given what was taken; a file over `maxBytes` is refused on the spot.
 */
export function FileDrop({
  name,
  label,
  accept,
  maxBytes,
  onFile,
  hint,
}: {
  name: string;
  label: string;
  accept: string;
  maxBytes: number;
  onFile: (file: File | null) => void;
  hint?: string;
}) {
  const t = useTranslations("shell.file");
  const { fileSize } = useFormats();
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const [file, setFile] = useState<File | null>(null);
  const [over, setOver] = useState(false);
  const tooLarge = file !== null && file.size > maxBytes;

  function take(next: File | null) {
    setFile(next);
    onFile(next !== null && next.size <= maxBytes ? next : null);
  }
  function onDrop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const dropped = event.dataTransfer.files.item(0);
    if (dropped) take(dropped);
  }
  function onPaste(event: ClipboardEvent) {
    const pasted = event.clipboardData.files.item(0);
    if (pasted) take(pasted);
  }
  return (
    <div className="grid gap-1" onPaste={onPaste}>
      <label htmlFor={id} className="font-strong">
        {label}
      </label>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the file input inside does the same */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
        className={`relative grid justify-items-center gap-1 rounded-lg border-2 border-dashed px-4 py-8 text-center focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-brand ${over ? "border-brand bg-brand-soft" : "border-control bg-surface"}`}
      >
        <FileUp aria-hidden size={28} className="text-ink-3" />
        <p className="font-strong">{file ? t("chosen", { name: file.name, size: fileSize(file.size) }) : t("drop")}</p>
        <p id={`${id}-hint`} className="text-sm text-ink-3">
          {file ? t("change") : (hint ?? t("paste"))}
        </p>
        <input
          ref={input}
          id={id}
          type="file"
          name={name}
          accept={accept}
          aria-describedby={`${id}-hint ${id}-error`}
          aria-invalid={tooLarge || undefined}
          onChange={(event) => take(event.target.files?.item(0) ?? null)}
          className="absolute inset-0 cursor-pointer opacity-0"
        />
      </div>
      <p id={`${id}-error`} role="alert" className="text-sm text-bad">
        {tooLarge && t("tooLarge", { limit: fileSize(maxBytes) })}
      </p>
    </div>
  );
}
