// The frame of a stored report: as tall as the report, so that there is one scroll bar, and a button that prints the report alone.

document.querySelectorAll<HTMLButtonElement>("button[data-print]").forEach((button) => {
  const frame = document.getElementById(button.dataset.print ?? "");
  if (!(frame instanceof HTMLIFrameElement)) {
    return;
  }

  const fit = (): void => {
    const page = frame.contentDocument?.documentElement;
    if (page) {
      frame.style.height = "0";
      frame.style.height = `${page.scrollHeight + 2}px`;
    }
  };
  const show = (): void => {
    fit();
    button.hidden = false;
  };
  frame.addEventListener("load", show);
  window.addEventListener("resize", fit);
  if (frame.contentDocument?.readyState === "complete" && frame.contentDocument.URL !== "about:blank") {
    show();
  }

  button.addEventListener("click", () => frame.contentWindow?.print());
});
