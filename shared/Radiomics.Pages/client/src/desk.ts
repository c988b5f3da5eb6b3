// Forms with a file: dropped onto the field, sent whatever its size with the token in a header, and the answer put in the place of the page. Without this they work for small files.

const token = document.querySelector<HTMLMetaElement>('meta[name="antiforgery"]')?.content ?? "";

function accept(form: HTMLFormElement): void {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const submitter = event.submitter instanceof HTMLButtonElement ? event.submitter : null;
    void send(form, submitter);
  });
  form.querySelectorAll<HTMLElement>(".drop").forEach((zone) => {
    const input = zone.querySelector<HTMLInputElement>('input[type="file"]');
    zone.addEventListener("dragover", (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
    zone.addEventListener("dragleave", () => zone.classList.remove("over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      zone.classList.remove("over");
      if (input && event.dataTransfer?.files.length) {
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  });

  // A cohort's name is its file's, until somebody says another one.
  const name = form.querySelector<HTMLInputElement>('input[name="name"]');
  form.querySelector<HTMLInputElement>('input[name="file"]')?.addEventListener("change", (event) => {
    const file = (event.target as HTMLInputElement).files?.[0];
    if (file && name && !name.value) {
      name.value = file.name.replace(/\.[^.]*$/, "").replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[^A-Za-z0-9]+/, "").slice(0, 64);
    }
  });
}

async function send(form: HTMLFormElement, button: HTMLButtonElement | null): Promise<void> {
  const says = form.querySelector<HTMLElement>("[data-progress]");
  const say = (text: string): void => {
    if (says) {
      says.textContent = text;
    }
  };
  button?.setAttribute("disabled", "");
  say("It is being sent …");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { RequestVerificationToken: token, Accept: "text/html" }, credentials: "same-origin" });
    if (answer.redirected) {
      location.assign(answer.url);
      return;
    }

    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = page.querySelector("main");
    if (main) {
      document.querySelector("main")?.replaceWith(main);
      document.title = page.title;
      main.focus();
      scrollTo(0, 0);
      main.querySelectorAll<HTMLFormElement>("form[data-file]").forEach(accept);
      return;
    }

    say("The service gave an answer that this page can't show. Try it again.");
  } catch {
    say("The service could not be reached. What you chose is still here: send it again.");
  }

  button?.removeAttribute("disabled");
}

document.querySelectorAll<HTMLFormElement>("form[data-file]").forEach(accept);
