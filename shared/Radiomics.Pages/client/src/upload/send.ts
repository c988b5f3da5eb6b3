// Sends the blocks of a zip and closes it, through whatever breaks between: a block is sent again until it has arrived, unless the service says that it never will.

export interface Service {
  /** Where uploads go: /centers/{center}/uploads. */
  readonly address: string;
  /** Shown with everything that changes something. */
  readonly token: string;
}

export interface Progress {
  /** How many bytes have arrived. */
  sent(bytes: number): void;
  /** Something is in the way, and it is tried again after a while; empty once it is through. */
  waits(sentence: string): void;
}

/** What the service says by a problem, or what else ends an upload. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const atOnce = 3;
const longestWait = 30_000;

export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

export const sleep: Wait = (milliseconds, signal) =>
  new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", end);
      resolve();
    }, milliseconds);
    if (signal.aborted) {
      end();
    } else {
      signal.addEventListener("abort", end, { once: true });
    }
  });

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

async function problemOf(answer: Response): Promise<Refused> {
  try {
    const problem = (await answer.json()) as { code?: string; detail?: string };
    if (problem.code && problem.detail) {
      return new Refused(problem.code, problem.detail);
    }
  } catch {
    // No problem in the service's form: a proxy's page, say.
  }

  return new Refused(`${answer.status}`, `The service refused it (HTTP ${answer.status}).`);
}

/** Asks until there is an answer that stays. */
async function ask(address: string, request: RequestInit, progress: Progress, signal: AbortSignal, wait: Wait): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    let sentence: string;
    let pause = Math.min(longestWait, 1000 * 2 ** attempt);
    try {
      const answer = await fetch(address, { ...request, credentials: "same-origin", redirect: "manual", signal });
      if (answer.ok) {
        progress.waits("");
        return answer;
      }

      if (answer.type === "opaqueredirect" || answer.status === 401) {
        sentence = "You were signed out. Sign in again in another window; it goes on by itself.";
        pause = 5000;
      } else if (answer.status === 429) {
        sentence = "The service is busy; it goes on in a moment.";
        pause = 1000 * Number(answer.headers.get("retry-after") ?? "5");
      } else if (answer.status === 408 || answer.status >= 500) {
        const problem = await problemOf(answer);
        sentence = `${problem.message} It is tried again.`;
      } else {
        throw await problemOf(answer);
      }
    } catch (error) {
      if (signal.aborted || error instanceof Refused) {
        throw error;
      }

      sentence = "The connection is broken; it goes on once there is one again.";
    }

    progress.waits(sentence);
    await wait(pause, signal);
  }
}

/** Sends the blocks, a few at once, and makes the zip of them. Returns where its study is. */
export async function send(
  service: Service,
  name: string,
  blocks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  progress: Progress,
  signal: AbortSignal,
  wait: Wait = sleep,
): Promise<string> {
  const headers = { Accept: "application/json", RequestVerificationToken: service.token };
  const digests: string[] = [];
  const underWay = new Set<Promise<void>>();
  // One that can't be sent ends the others, too.
  const ending = new AbortController();
  const all = AbortSignal.any([signal, ending.signal]);
  let fault: unknown = null;

  const put = async (number: number, block: Uint8Array<ArrayBuffer>): Promise<void> => {
    const digest = base64(new Uint8Array(await crypto.subtle.digest("SHA-256", block)));
    digests[number] = digest;
    await ask(
      `${service.address}/${name}/blocks/${number}`,
      { method: "PUT", body: block, headers: { ...headers, "Content-Type": "application/octet-stream", "Content-Digest": `sha-256=:${digest}:` } },
      progress,
      all,
      wait,
    );
    progress.sent(block.length);
  };

  try {
    let number = 0;
    for await (const block of blocks) {
      const sending: Promise<void> = put(number++, block)
        .catch((error: unknown) => {
          fault ??= error;
          ending.abort(error);
        })
        .finally(() => underWay.delete(sending));
      underWay.add(sending);
      while (underWay.size >= atOnce) {
        await Promise.race(underWay);
      }

      if (fault) {
        break;
      }
    }
  } finally {
    await Promise.all(underWay);
  }

  if (fault) {
    throw fault;
  }

  const closed = await ask(
    `${service.address}/${name}`,
    { method: "POST", body: JSON.stringify({ blocks: digests }), headers: { ...headers, "Content-Type": "application/json" } },
    progress,
    signal,
    wait,
  );
  return ((await closed.json()) as { location: string }).location;
}
