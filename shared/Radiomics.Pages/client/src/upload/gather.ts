// What was dropped or chosen, as studies: each folder is one, each zip is one, and loose files together are one.

import { isZip, studyOf, zipOf, type Study, type StudyFile } from "./study";

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

function batchOf(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

/** All files below a folder, with their paths below it. */
async function filesBelow(folder: FileSystemDirectoryEntry): Promise<StudyFile[]> {
  const files: StudyFile[] = [];
  const folders: [string, FileSystemDirectoryEntry][] = [["", folder]];
  for (let next = folders.pop(); next; next = folders.pop()) {
    const [path, below] = next;
    const reader = below.createReader();
    // A reader gives its entries in batches, until it gives none.
    for (let batch = await batchOf(reader); batch.length > 0; batch = await batchOf(reader)) {
      for (const entry of batch) {
        if (entry.isDirectory) {
          folders.push([`${path}${entry.name}/`, entry as FileSystemDirectoryEntry]);
        } else {
          files.push({ path: path + entry.name, file: await fileOf(entry as FileSystemFileEntry) });
        }
      }
    }
  }

  return files;
}

/** Loose files: each zip is a study, the others together are one. */
export function studiesOf(files: readonly File[]): Study[] {
  const zips = files.filter((file) => isZip(file.name)).map(zipOf);
  const others = files.filter((file) => !isZip(file.name)).map((file) => ({ path: file.name, file }));
  return others.length > 0 ? [...zips, studyOf(others.length === 1 ? others[0].path : `${others.length} files`, others)] : zips;
}

/** What was chosen by the button for folders. */
export function chosenFolder(files: readonly File[]): Study[] {
  if (files.length === 0) {
    return [];
  }

  const name = files[0].webkitRelativePath.split("/")[0] || "folder";
  return [studyOf(name, files.map((file) => ({ path: file.webkitRelativePath.split("/").slice(1).join("/") || file.name, file })))];
}

/** What was dropped. To be called while the event is being handled: afterwards it is gone. */
export async function dropped(transfer: DataTransfer): Promise<Study[]> {
  const entries = Array.from(transfer.items, (item) => (item.kind === "file" ? item.webkitGetAsEntry() : null)).filter((entry) => entry !== null);
  const loose = Array.from(transfer.files);
  if (entries.length === 0) {
    return studiesOf(loose);
  }

  const studies: Study[] = [];
  const files: File[] = [];
  for (const entry of entries) {
    if (entry.isDirectory) {
      studies.push(studyOf(entry.name, await filesBelow(entry as FileSystemDirectoryEntry)));
    } else {
      files.push(await fileOf(entry as FileSystemFileEntry));
    }
  }

  return [...studies, ...studiesOf(files)];
}
