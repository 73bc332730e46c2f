import { declaredBy } from "../formats/generic.ts";
import { openOrders } from "../reading/open.ts";
import type { ReadBatch, Seal, Source, Survey } from "../reading/reading.ts";
import type { Recognition } from "../reading/recognition.ts";
import { gather } from "./gathering.ts";
import type { ChosenSettings } from "./model.ts";
import { type Notes, notesOf } from "./notes.ts";
import { type PackedFamiliars, type PackedOrders, packFamiliars, packOrders } from "./packing.ts";

/** Some hundred rows of a file, by order. It consists of plain values, so that it can cross to another thread. */
export type Page = {
  readonly orders: PackedOrders;
  readonly familiars: PackedFamiliars;
  readonly notes: Notes;
  readonly lines: number;
  /** The keys of the orders of its first and last line: an order may go on from one page to the next. "" for no lines. */
  readonly first: string;
  readonly last: string;
};

/** What is known of a file before any of its pages is asked for. */
export type Opened = { readonly survey: Survey; readonly rejectsHeader: string };

/** A file under way. */
export type Pages = Opened & {
  /** From the beginning; nothing for a refused file. The same file gives the same pages each time. */
  pages(): AsyncIterable<Page>;
  /** Ends the reading, whether or not it came to the end of the file. */
  close(): Promise<void>;
};

/** Opens a file as its uploader chose, to be read in this thread. */
export async function readPages(
  source: Source,
  chosen: ChosenSettings,
  seal: Seal,
  recognition: Recognition,
): Promise<Pages> {
  const { platform, encoding, mapping, leaks, overrideReason } = chosen;
  const declared = mapping && declaredBy(mapping);
  const allowClear = overrideReason !== undefined;
  const { survey, rejectsHeader, batches } = await openOrders(source, {
    leaks,
    platform,
    encoding,
    declared,
    allowClear,
  });
  return {
    survey,
    rejectsHeader,
    async *pages() {
      for await (const batch of batches(seal, recognition)) yield pageOf(batch);
    },
    close: async () => undefined,
  };
}

function pageOf(batch: ReadBatch): Page {
  return {
    orders: packOrders(gather(batch)),
    familiars: packFamiliars(batch.known),
    notes: notesOf(batch),
    lines: batch.counts.accepted,
    first: batch.lines[0]?.orderKey.toString("latin1") ?? "",
    last: batch.lines.at(-1)?.orderKey.toString("latin1") ?? "",
  };
}
