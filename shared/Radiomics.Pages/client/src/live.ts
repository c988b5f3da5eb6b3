// Keeps parts of a page as they are now: <div data-live="address" data-every="2000"> holds what that address answers. A part that says data-live-until-done is asked for until an answer says no more.

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

  const next = await answer.text();
  if (next !== part.innerHTML) {
    const focused = document.activeElement instanceof HTMLElement && part.contains(document.activeElement) ? document.activeElement.id : "";
    part.innerHTML = next;
    if (focused) {
      document.getElementById(focused)?.focus();
    }
  }

  if (answer.headers.get("x-live") === "done") {
    delete part.dataset.live;
  }
}

function watch(part: HTMLElement): void {
  const every = Number(part.dataset.every ?? "2000");
  const tick = async (): Promise<void> => {
    try {
      await refresh(part);
    } catch {
      // The service is away for a moment; the next round asks again.
    }

    if (part.dataset.live) {
      setTimeout(() => void tick(), every);
    }
  };
  setTimeout(() => void tick(), every);
}

document.querySelectorAll<HTMLElement>("[data-live]").forEach(watch);
