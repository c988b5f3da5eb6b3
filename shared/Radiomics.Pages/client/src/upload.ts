// The part of the list of studies where one is sent: takes what is dropped or chosen, packs it, sends it in blocks and says how far it is. Several go one after another.

import { chosenFolder, dropped, studiesOf } from "./upload/gather";
import { blockBytesOf, blocksOf, mostBytes, mostFiles, zipBytesOf, zipOf } from "./upload/pack";
import { Refused, send, type Service } from "./upload/send";
import { uploadNameOf, type Study } from "./upload/study";

interface Limits {
  readonly blockBytes: number;
  readonly mostBlocks: number;
  readonly mostBytes: number;
}

function sizeOf(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

/** Why a study can't be sent from here; empty if it can. */
function objection(study: Study, limits: Limits): string {
  const bytes = zipBytesOf(study);
  const most = Math.min(limits.mostBytes, limits.blockBytes * limits.mostBlocks);
  if (!globalThis.crypto?.subtle) {
    return "This page was not opened over a secure connection: open it by https, or on the service's own machine.";
  }

  if (study.files.length === 0 || bytes <= 22) {
    return "There is no file in it.";
  }

  if (bytes > most) {
    return `It is larger than ${sizeOf(most)}, the most that this service takes. Send one study at a time, without other files.`;
  }

  if (!study.isZip && (study.files.length > mostFiles || bytes > mostBytes)) {
    return "The folder is too large to be packed in a browser (4 GB, 65,535 files): pack it yourself and send the zip, or send it by `radiomics submit`.";
  }

  return "";
}

function element<K extends keyof HTMLElementTagNameMap>(tag: K, className: string, text = ""): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function start(area: HTMLElement): void {
  const token = document.querySelector<HTMLMetaElement>('meta[name="antiforgery"]')?.content ?? "";
  const service: Service = { address: area.dataset.uploads!, token };
  const limits: Limits = { blockBytes: Number(area.dataset.blockBytes), mostBlocks: Number(area.dataset.mostBlocks), mostBytes: Number(area.dataset.mostBytes) };
  const get = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
  const [drop, transfers, spoken] = [get("drop"), get("transfers"), get("upload-says")];
  const [folder, zip] = [get<HTMLInputElement>("folder-input"), get<HTMLInputElement>("zip-input")];
  let queue: Promise<void> = Promise.resolve();
  let waiting = 0;

  /** Shows one and sends it. Returns where it is; nothing if it wasn't sent. */
  const transfer = async (study: Study): Promise<string | undefined> => {
    const row = element("li", "");
    const says = element("p", "says");
    const bar = element("progress", "");
    const stop = element("button", "quiet", "Cancel");
    stop.type = "button";
    bar.setAttribute("aria-label", `How much of ${study.name} has arrived`);
    row.append(element("span", "name", study.name), stop, bar, says);
    transfers.append(row);
    const end = (kind: string, sentence: string): void => {
      row.className = kind;
      says.textContent = sentence;
      spoken.textContent = `${study.name}: ${sentence}`;
      bar.remove();
      stop.remove();
    };
    const refusal = objection(study, limits);
    if (refusal) {
      end("bad", refusal);
      return undefined;
    }

    const ending = new AbortController();
    stop.addEventListener("click", () => ending.abort(new DOMException("Cancelled", "AbortError")));
    const total = zipBytesOf(study);
    let [arrived, trouble] = [0, ""];
    const show = (): void => {
      const percent = Math.min(100, Math.floor((100 * arrived) / total));
      says.textContent = trouble || (arrived < total * 0.999 ? `${percent} % · ${sizeOf(arrived)} of ${sizeOf(total)}` : "All of it has arrived; the service checks it.");
    };
    bar.max = total;
    bar.value = 0;
    waiting++;
    says.textContent = "It waits for the one before it.";
    const turn = queue;
    let done!: () => void;
    queue = new Promise((resolve) => (done = resolve));
    try {
      await turn;
      ending.signal.throwIfAborted();
      spoken.textContent = `${study.name}: sending.`;
      show();
      const location = await send(
        service,
        await uploadNameOf(study),
        blocksOf(zipOf(study), blockBytesOf(study, limits.blockBytes)),
        {
          sent: (bytes) => {
            arrived += bytes;
            bar.value = arrived;
            show();
          },
          waits: (sentence) => {
            if (sentence !== trouble) {
              trouble = sentence;
              spoken.textContent = sentence;
            }

            show();
          },
        },
        ending.signal,
      );
      end("good", "It was sent. ");
      const link = element("a", "", "Follow it");
      link.href = location;
      says.append(link);
      return location;
    } catch (error) {
      if (ending.signal.aborted) {
        end("", "Cancelled. What was sent of it is kept by nobody, and goes by itself.");
      } else if (error instanceof Refused) {
        end("bad", `${error.message} (${error.code})`);
      } else {
        end("bad", "A file of it could not be read: it was moved, changed or locked meanwhile. Send it again.");
      }

      return undefined;
    } finally {
      waiting--;
      done();
    }
  };

  const take = async (studies: readonly Study[]): Promise<void> => {
    const locations = await Promise.all(studies.map(transfer));
    // A single one is followed at once; several are in the list below.
    if (studies.length === 1 && locations[0] && waiting === 0) {
      location.assign(locations[0]);
    }
  };

  get("choose-folder").addEventListener("click", () => folder.click());
  get("choose-zip").addEventListener("click", () => zip.click());
  folder.addEventListener("change", () => {
    void take(chosenFolder(Array.from(folder.files ?? [])));
    folder.value = "";
  });
  zip.addEventListener("change", () => {
    void take(studiesOf(Array.from(zip.files ?? [])));
    zip.value = "";
  });
  for (const kind of ["dragenter", "dragover"]) {
    area.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }

  area.addEventListener("dragleave", (event) => {
    if (!(event.relatedTarget instanceof Node && area.contains(event.relatedTarget))) {
      drop.classList.remove("over");
    }
  });
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer) {
      void dropped(event.dataTransfer).then(take, () => {
        spoken.textContent = "What was dropped could not be read.";
      });
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (waiting > 0) {
      event.preventDefault();
    }
  });
}

const area = document.getElementById("upload");
if (area) {
  start(area);
}
