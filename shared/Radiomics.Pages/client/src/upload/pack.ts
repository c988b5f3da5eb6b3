// A study as the bytes of a zip, a piece at a time: whoever takes them sets the pace, and no more than a piece or two of it is ever in memory.

import { Zip, ZipPassThrough } from "fflate";
import type { Study } from "./study";

/** Without the extension for larger archives (ZIP64) a zip has this many files and bytes at most. */
export const mostFiles = 65_535;
export const mostBytes = 0xffff_ffff;

// The same files give the same bytes, whenever and wherever they are packed: no time of theirs is in it.
const packed = new Date(1980, 0, 1);

/** Of its headers, for each file: two headers, a descriptor, the path twice. */
const headerBytes = 128;

/** How many bytes the zip will have, at most. */
export function zipBytesOf(study: Study): number {
  return study.files.reduce((sum, one) => sum + one.file.size + (study.isZip ? 0 : headerBytes + 6 * one.path.length), 22);
}

const mebibyte = 1 << 20;

/** How long blocks are: a hundred of them where that is neither too short nor longer than the service takes. The same study is always cut alike. */
export const blockBytesOf = (study: Study, most: number): number => Math.min(most, Math.max(mebibyte, Math.ceil(zipBytesOf(study) / 100)));

async function* piecesOf(file: Blob): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = file.stream().getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      yield piece.value as Uint8Array<ArrayBuffer>;
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

/** The bytes of a study's zip, in pieces. DICOM is stored as it is: what little packing would spare isn't worth a page that stands still. */
export async function* zipOf(study: Study): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (study.isZip) {
    yield* piecesOf(study.files[0].file);
    return;
  }

  let ready: Uint8Array<ArrayBuffer>[] = [];
  let fault: Error | null = null;
  const zip = new Zip((error, piece) => {
    if (error) {
      fault = error;
    } else {
      ready.push(piece as Uint8Array<ArrayBuffer>);
    }
  });
  function* taken(): Generator<Uint8Array<ArrayBuffer>> {
    if (fault) {
      throw fault;
    }

    const pieces = ready;
    ready = [];
    yield* pieces;
  }

  for (const { path, file } of study.files) {
    const entry = new ZipPassThrough(path);
    entry.mtime = packed;
    zip.add(entry);
    for await (const piece of piecesOf(file)) {
      entry.push(piece);
      yield* taken();
    }

    entry.push(new Uint8Array(0), true);
    yield* taken();
  }

  zip.end();
  yield* taken();
}

/** The same bytes in blocks of one length, but for the last. */
export async function* blocksOf(pieces: AsyncIterable<Uint8Array<ArrayBuffer>>, length: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let block = new Uint8Array(length);
  let filled = 0;
  for await (const piece of pieces) {
    for (let from = 0; from < piece.length; ) {
      const part = piece.subarray(from, from + length - filled);
      block.set(part, filled);
      filled += part.length;
      from += part.length;
      if (filled === length) {
        yield block;
        block = new Uint8Array(length);
        filled = 0;
      }
    }
  }

  if (filled > 0) {
    yield block.slice(0, filled);
  }
}
