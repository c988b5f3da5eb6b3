// Keeps parts of a page as they are now: <div data-live="address" data-every="2000"> holds what that address answers.
// What stays the same stays in its place, with the focus, what is opened and where it is scrolled to: so a screen reader hears what is new of a live region and nothing else.
// An answer may say by data-next when to ask again. One with the header X-Live: done is the last; the page is loaded anew then if the part says data-then="reload".

import morphdom from "morphdom";

function put(part: HTMLElement, html: string): void {
  const next = part.cloneNode(false) as HTMLElement;
  next.innerHTML = html;
  morphdom(part, next, {
    childrenOnly: true,
    onBeforeElUpdated: (from, to) => {
      if (from instanceof HTMLDetailsElement && to instanceof HTMLDetailsElement) {
        to.open = from.open;
      }

      return !from.isEqualNode(to);
    },
  });
}

async function refresh(part: HTMLElement): Promise<void> {
  const address = part.dataset.live;
  if (!address || document.hidden) {
    return;
  }

  const answer = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin" });
  if (answer.redirected) {
    // The session is over: the sign-in page belongs to the whole window.
    location.reload();
    return;
  }

  if (!answer.ok) {
    return;
  }

  put(part, await answer.text());
  if (answer.headers.get("x-live") === "done") {
    delete part.dataset.live;
    if (part.dataset.then === "reload") {
      location.reload();
    }
  }
}

function watch(part: HTMLElement): void {
  const every = (): number => Number(part.querySelector<HTMLElement>("[data-next]")?.dataset.next ?? part.dataset.every ?? "2000");
  let timer = 0;
  let isAsking = false;
  const tick = async (): Promise<void> => {
    clearTimeout(timer);
    if (isAsking || !part.dataset.live) {
      return;
    }

    isAsking = true;
    try {
      await refresh(part);
    } catch {
      // The service is away for a moment; the next round asks again.
    }

    isAsking = false;
    if (part.dataset.live) {
      timer = window.setTimeout(() => void tick(), every());
    }
  };
  timer = window.setTimeout(() => void tick(), every());
  // Nobody is asked while nobody looks; who comes back sees how it is now.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
      void tick();
    }
  });
}

document.querySelectorAll<HTMLElement>("[data-live]").forEach(watch);
