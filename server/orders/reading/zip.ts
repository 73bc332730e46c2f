import { once } from "node:events";
import type { Readable } from "node:stream";
import yauzl from "yauzl";
import type { Source } from "./reading.ts";

/** Bounds of what a workbook may unpack to: a file beyond them is refused before it can do harm. */
const MAX_ENTRIES = 1_000;
const MAX_BYTES = 1_073_741_824;
/** Beyond this size nothing honest packs better than 100 : 1. */
const MAX_UNWATCHED = 67_108_864;
const MAX_RATIO = 100;

export class ZipRefused extends Error {
  readonly code: "NOT_XLSX" | "TOO_LARGE";
  constructor(code: "NOT_XLSX" | "TOO_LARGE") {
    super(code);
    this.code = code;
  }
}

/** An open archive. What is unpacked is counted while it streams, whatever the directory claims. */
export class Zip {
  readonly #file: yauzl.ZipFile;
  readonly #entries: ReadonlyMap<string, yauzl.Entry>;
  #unpacked = 0;

  private constructor(file: yauzl.ZipFile, entries: ReadonlyMap<string, yauzl.Entry>) {
    this.#file = file;
    this.#entries = entries;
  }

  /** Reads the directory. Throws `ZipRefused`. */
  static async open(source: Source): Promise<Zip> {
    const file = await opened(source);
    try {
      if (file.entryCount > MAX_ENTRIES) throw new ZipRefused("TOO_LARGE");
      return new Zip(file, await directoryOf(file));
    } catch (error) {
      file.close();
      throw error;
    }
  }

  names(): string[] {
    return [...this.#entries.keys()];
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** The unpacked bytes of an entry, piece by piece. Throws `ZipRefused`. */
  async *chunks(name: string): AsyncGenerator<Uint8Array, void, undefined> {
    const entry = this.#entries.get(name);
    if (!entry) throw new ZipRefused("NOT_XLSX");
    const stream = await streamOf(this.#file, entry);
    let size = 0;
    try {
      for await (const chunk of stream) {
        const bytes: Uint8Array = chunk;
        size += bytes.length;
        this.#unpacked += bytes.length;
        const bomb = size > MAX_UNWATCHED && size > entry.compressedSize * MAX_RATIO;
        if (bomb || this.#unpacked > MAX_BYTES) throw new ZipRefused("TOO_LARGE");
        yield bytes;
      }
    } catch (error) {
      throw error instanceof ZipRefused ? error : new ZipRefused("NOT_XLSX");
    } finally {
      stream.destroy();
    }
  }

  async text(name: string, limit: number): Promise<string> {
    const decoder = new TextDecoder();
    let text = "";
    for await (const piece of this.chunks(name)) {
      text += decoder.decode(piece, { stream: true });
      if (text.length > limit) throw new ZipRefused("TOO_LARGE");
    }
    return text + decoder.decode();
  }

  close(): void {
    this.#file.close();
  }
}

function opened(source: Source): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true } as const;
    const done = (error: Error | null, file?: yauzl.ZipFile): void => {
      if (error || !file) reject(new ZipRefused("NOT_XLSX"));
      else resolve(file);
    };
    if ("path" in source) yauzl.open(source.path, options, done);
    else
      yauzl.fromBuffer(
        Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.byteLength),
        options,
        done,
      );
  });
}

async function directoryOf(file: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>();
  file.on("entry", (entry: yauzl.Entry) => {
    entries.set(entry.fileName.replace(/^\//, ""), entry);
    file.readEntry();
  });
  const ended = once(file, "end");
  file.readEntry();
  try {
    await ended;
  } catch {
    throw new ZipRefused("NOT_XLSX");
  }
  return entries;
}

function streamOf(file: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    file.openReadStream(entry, (error, stream) => {
      if (error || !stream) reject(new ZipRefused("NOT_XLSX"));
      else resolve(stream);
    });
  });
}
