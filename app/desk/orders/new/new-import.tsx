"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { z } from "zod";
import { ChosenSettings } from "#server/orders/importing/model.ts";
import { encodings, leakPolicies, platforms } from "#server/orders/reading/model.ts";
import { trpc } from "../../../trpc/client.ts";
import { Card } from "../../../ui/card.tsx";
import { Checkbox, Choices, Select, TextField } from "../../../ui/field.tsx";
import { FileDrop } from "../../../ui/file-drop.tsx";
import { FormProblem, SubmitButton } from "../../../ui/form.tsx";
import { useSubmit } from "../../../ui/use-submit.ts";
import { OriginFields, provenanceOf } from "../origin-fields.tsx";
import { MapColumns, type Unmapped } from "./mapping/map-columns.tsx";

/** The largest file the default settings take; a smaller limit of the deployment answers for itself. */
const MAX_BYTES = 50 * 1024 * 1024;
const Uploaded = z.object({ uploadId: z.uuid() });

/** Takes a file, sends it, and begins its check; of a file that nobody knows how to read, it asks first. */
export function NewImport({ mayOverride }: { mayOverride: boolean }) {
  const t = useTranslations("orders.start");
  const all = useTranslations("orders");
  const mappings = useTranslations("mappings");
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const [unmapped, setUnmapped] = useState<Unmapped | null>(null);
  const [thirdParty, setThirdParty] = useState(false);
  const form = useSubmit({
    send: async (data) => {
      const said = (name: string) => data.get(name)?.toString().trim() || undefined;
      const chosen = ChosenSettings.parse({
        platform: said("platform"),
        encoding: said("encoding"),
        leaks: said("leaks"),
        overrideReason: said("overrideReason"),
        ...(thirdParty && { thirdParty, provenance: provenanceOf(data) ?? undefined }),
      });
      if (file === null) throw new z.ZodError([{ code: "custom", path: ["file"], message: "file", input: null }]);
      const { uploadId } = await upload(file);
      const fileName = file.name.slice(-200);
      const { platform, encoding } = chosen;
      const { look, ready, fitting, near } = await trpc.orders.mappings.look.mutate({ uploadId, platform, encoding });
      if (look.kind === "table" && (!ready || data.has("choose"))) {
        const templates = [...fitting, ...near];
        return { uploadId, fileName, chosen, table: look, templates, fitting: fitting[0] ?? null };
      }
      return trpc.orders.start.mutate({ uploadId, fileName, chosen });
    },
    done: (answer) => ("batchId" in answer ? router.push(`/desk/orders/${answer.batchId}`) : setUnmapped(answer)),
  });
  return (
    <>
      {unmapped !== null && <MapColumns key={unmapped.uploadId} file={unmapped} back={() => setUnmapped(null)} />}
      {/* Stays where it is, so that on the way back the file need not be chosen again. */}
      <Card className={unmapped === null ? undefined : "hidden"}>
        <form {...form.props} className="grid gap-5">
          <FormProblem form={form} signIn="/desk/sign-in" />
          <FileDrop
            name="file"
            label={t("file")}
            hint={t("hint")}
            accept=".csv,.txt,.tsv,.xlsx"
            maxBytes={MAX_BYTES}
            onFile={setFile}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <Select
              {...form.field("platform")}
              label={t("platform")}
              blank={t("auto")}
              options={platforms.map((value) => ({ value, label: all(`platforms.${value}`) }))}
            />
            <Select
              {...form.field("encoding")}
              label={t("encoding")}
              blank={t("auto")}
              options={encodings.map((value) => ({ value, label: value.toUpperCase() }))}
            />
          </div>
          <Checkbox name="choose" label={mappings("choose")} hint={mappings("chooseHint")} />
          <div className="grid gap-3">
            <Checkbox
              name="thirdParty"
              label={t("thirdParty")}
              hint={t("thirdPartyHint")}
              checked={thirdParty}
              onChange={({ target }) => setThirdParty(target.checked)}
            />
            {thirdParty && (
              <fieldset className="grid gap-3 border-s-2 border-line ps-4">
                <legend className="sr-only">{all("origin.ask")}</legend>
                <OriginFields field={form.field} />
              </fieldset>
            )}
          </div>
          <Choices
            {...form.field("leaks")}
            label={t("leaks")}
            hint={t("leaksHint")}
            chosen={["drop"]}
            options={leakPolicies.map((value) => ({ value, label: t(value) }))}
          />
          {mayOverride && (
            <TextField
              {...form.field("overrideReason")}
              label={t("override")}
              hint={t("overrideHint")}
              maxLength={200}
              autoComplete="off"
            />
          )}
          <div>
            <SubmitButton form={form} disabled={file === null}>
              {t("submit")}
            </SubmitButton>
          </div>
        </form>
      </Card>
    </>
  );
}

/** Sends the file as it is; a refusal is thrown in the form that `useSubmit` reads. */
async function upload(file: File): Promise<z.infer<typeof Uploaded>> {
  const response = await fetch("/api/uploads", {
    method: "PUT",
    body: file,
    headers: { "Content-Type": "application/octet-stream" },
  });
  const answer: unknown = await response.json();
  if (response.ok) return Uploaded.parse(answer);
  const { code, condition } = Problem.parse(answer);
  throw Object.assign(new Error(code), { data: { refusal: { code, condition }, httpStatus: response.status } });
}

const Problem = z.object({
  code: z.string(),
  condition: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});
