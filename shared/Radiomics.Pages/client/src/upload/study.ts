// What is to be sent: a folder's files, or a zip as it is; and what it is called where it lies, which tells of no name in it.

export interface StudyFile {
  readonly path: string;
  readonly file: File;
}

export interface Study {
  /** For this page alone: it may be a patient's name. */
  readonly name: string;
  readonly isZip: boolean;
  /** In the order of their paths. */
  readonly files: readonly StudyFile[];
}

// What systems leave in folders: no part of a study.
const litter = /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini|__MACOSX\/.*|\._[^/]*)$/i;

export function studyOf(name: string, files: readonly StudyFile[]): Study {
  const kept = files.filter((one) => !litter.test(one.path));
  return { name, isZip: false, files: kept.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)) };
}

export function zipOf(file: File): Study {
  return { name: file.name, isZip: true, files: [{ path: file.name, file }] };
}

export const isZip = (name: string): boolean => /\.zip$/i.test(name);

export const bytesOf = (study: Study): number => study.files.reduce((sum, one) => sum + one.file.size, 0);

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The same files, unchanged, have the same name: what is sent once more is the same upload, and comes to the same prediction. Only a digest of paths, sizes and times leaves the browser. */
export async function uploadNameOf(study: Study): Promise<string> {
  const facts = JSON.stringify([study.isZip, study.files.map((one) => [one.path, one.file.size, one.file.lastModified])]);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(facts)));
  return `console-${hexOf(digest.subarray(0, 16))}.zip`;
}
