// The images of a study: each sequence on a canvas of its own, all of them looked at together.
import { Pane, type Dragging, type Layout } from "./viewer/pane";
import { planes, type Plane } from "./viewer/planes";
import { ImageProblem } from "./viewer/problem";

const noWebGL = "This browser can't draw the images: WebGL 2 is missing or switched off. The files below can be opened in a viewer for NIfTI.";

class Viewer {
  private readonly panes: Pane[];
  private readonly tools: HTMLElement;
  private following = false;

  constructor(private readonly section: HTMLElement) {
    const images = section.dataset.viewer!;
    this.panes = [...section.querySelectorAll<HTMLElement>("figure[data-sequence]")].map((figure) => new Pane(figure, images));
    this.tools = section.querySelector("[data-tools]")!;
  }

  start(): void {
    this.section.querySelectorAll<HTMLElement>("[data-drawn]").forEach((part) => (part.hidden = false));
    this.tools.addEventListener("input", (event) => this.changed(event.target as HTMLElement));
    this.tool<HTMLButtonElement>("reset").addEventListener("click", () => {
      this.shown.forEach((pane) => pane.resetView());
      this.say("The view is as it was at first.");
    });
    for (const pane of this.panes) {
      this.listen(pane);
    }

    void this.refresh();
  }

  private tool<T extends HTMLElement = HTMLSelectElement>(name: string): T {
    return this.tools.querySelector<T>(`[data-tool="${name}"]`)!;
  }

  private get layout(): Layout {
    return this.tool("layout").value as Layout;
  }

  private get shown(): Pane[] {
    return this.panes.filter((pane) => pane.isLoaded && !pane.figure.hidden);
  }

  /** The pane that numbers and keys are about: the one in use, else the first. */
  private get current(): Pane | undefined {
    return this.shown.find((pane) => pane.hasFocus) ?? this.shown[0];
  }

  private changed(tool: HTMLElement): void {
    const plane = planes.find((one) => one.name === tool.dataset.slice);
    if (plane) {
      this.goTo(plane, (tool as HTMLInputElement).valueAsNumber);
      return;
    }

    void this.refresh();
  }

  /** Shows what the tools say. */
  private async refresh(): Promise<void> {
    const wanted = this.tool("sequence").value;
    const chosen = this.panes.filter((pane) => wanted === "" || pane.sequence === wanted);
    for (const pane of this.panes) {
      pane.figure.hidden = !chosen.includes(pane);
    }

    this.section.classList.toggle("side-by-side", chosen.length > 1);
    const before = this.current;
    for (const pane of chosen) {
      // One after the other: each is tens of megabytes.
      await this.draw(pane);
    }

    this.link(before ?? this.current);
  }

  private async draw(pane: Pane): Promise<void> {
    const isNew = !pane.isLoaded;
    const wait = pane.figure.querySelector<HTMLElement>("[data-wait]")!;
    try {
      await pane.load();
      pane.show(this.layout);
      pane.drag(this.tool("drag").value as Dragging);
      pane.drawRegion(this.tool<HTMLInputElement>("outline").checked, this.tool<HTMLInputElement>("fill").valueAsNumber / 100);
      wait.hidden = true;
      pane.figure.dataset.state = "drawn";
      this.show(pane);
      if (isNew) {
        this.say(`${pane.sequence} is drawn: ${pane.slices}.`);
      }
    } catch (problem) {
      pane.figure.dataset.state = "failed";
      wait.hidden = false;
      wait.textContent = problem instanceof ImageProblem ? problem.message : `The images of ${pane.sequence} can't be drawn.`;
      if (!(problem instanceof ImageProblem)) {
        console.error(problem);
      }

      return;
    }

    await this.drawMap(pane);
  }

  private async drawMap(pane: Pane): Promise<void> {
    const map = this.tools.querySelector<HTMLSelectElement>('[data-tool="map"]');
    if (!map) {
      return;
    }

    try {
      await pane.drawMap(map.value, this.tool<HTMLInputElement>("map-opacity").valueAsNumber / 100);
    } catch (problem) {
      map.value = "";
      this.alert(problem instanceof ImageProblem ? problem.message : `The map can't be laid over ${pane.sequence}.`);
    }

    this.show(pane);
  }

  private listen(pane: Pane): void {
    pane.onMoved = () => this.link(pane);
    const canvas = pane.figure.querySelector("canvas")!;
    canvas.addEventListener("webglcontextlost", () => {
      this.alert("The graphics card gave up the images. Load the page again.");
    });

    // Before NiiVue, which has keys of its own that nobody here has asked for.
    pane.figure.addEventListener("keydown", (event) => {
      if (event.target === canvas) {
        event.stopPropagation();
        if (!event.ctrlKey && !event.altKey && !event.metaKey && this.press(pane, event.key)) {
          event.preventDefault();
        }
      }
    }, true);
    pane.figure.addEventListener("keyup", (event) => event.target === canvas && event.stopPropagation(), true);
    // The page scrolls until somebody has chosen a picture.
    pane.figure.addEventListener("wheel", (event) => {
      if (pane.hasFocus) {
        requestAnimationFrame(() => this.link(pane));
      } else {
        event.stopPropagation();
      }
    }, { capture: true, passive: true });
    canvas.addEventListener("mousedown", () => canvas.focus({ preventScroll: true }));
    for (const name of ["width", "level"]) {
      this.number(pane, name).addEventListener("change", () => {
        const [width, level] = [this.number(pane, "width").valueAsNumber, this.number(pane, "level").valueAsNumber];
        if (width > 0 && Number.isFinite(level)) {
          pane.window = [width, level];
        }

        this.show(pane);
      });
    }

    pane.figure.querySelector("[data-auto]")!.addEventListener("click", () => {
      pane.resetWindow();
      this.show(pane);
    });
  }

  private press(pane: Pane, key: string): boolean {
    if (!pane.isLoaded) {
      return false;
    }

    if (this.layout === "render") {
      const turn = ({ ArrowLeft: [-10, 0], ArrowRight: [10, 0], ArrowUp: [0, 10], ArrowDown: [0, -10] } as Record<string, [number, number]>)[key];
      if (turn) {
        pane.turn(...turn);
        this.link(pane);
      }

      return turn !== undefined;
    }

    const plane = planes.find((one) => one.name === this.layout) ?? planes[0]!;
    const [count, now] = pane.slice(plane);
    const next = ({ ArrowUp: now + 1, ArrowDown: now - 1, PageUp: now + 5, PageDown: now - 5, Home: 1, End: count } as Record<string, number>)[key];
    if (next !== undefined) {
      pane.goTo(plane, next);
      this.say(`${plane.name} ${pane.slice(plane).reverse().join(" of ")}, ${pane.reading}`);
      return true;
    }

    const [width, level] = pane.window;
    const window = ({ "+": [width / 1.1, level], "-": [width * 1.1, level], "]": [width, level + width / 20], "[": [width, level - width / 20] } as Record<string, [number, number]>)[key];
    if (window) {
      pane.window = window;
      this.show(pane);
      return true;
    }

    return false;
  }

  private goTo(plane: Plane, number: number): void {
    this.current?.goTo(plane, number);
  }

  /** All panes look at what one of them looks at. */
  private link(from: Pane | undefined): void {
    if (!from?.isLoaded || this.following) {
      return;
    }

    this.following = true;
    for (const pane of this.shown) {
      if (pane !== from) {
        pane.follow(from);
      }

      this.show(pane);
    }

    this.following = false;
    for (const plane of planes) {
      const [count, now] = from.slice(plane);
      const input = this.tools.querySelector<HTMLInputElement>(`[data-slice="${plane.name}"]`)!;
      input.max = `${count}`;
      input.value = `${now}`;
      input.setAttribute("aria-valuetext", `${now} of ${count}`);
      this.tools.querySelector(`[data-slice-number="${plane.name}"]`)!.textContent = `${now} / ${count}`;
    }
  }

  /** Writes a pane's numbers beside it. */
  private show(pane: Pane): void {
    const [width, level] = pane.window;
    for (const [name, value] of [["width", width], ["level", level]] as const) {
      const input = this.number(pane, name);
      if (document.activeElement !== input) {
        input.value = `${Number(value.toPrecision(4))}`;
      }
    }

    pane.figure.querySelector("[data-reading]")!.textContent = pane.reading;
    const range = pane.mapRange;
    pane.figure.querySelector("[data-map-range]")!.textContent = range ? `Map: dark ${range[0].toPrecision(3)}, bright ${range[1].toPrecision(3)}` : "";
  }

  private number(pane: Pane, name: string): HTMLInputElement {
    return pane.figure.querySelector<HTMLInputElement>(`[data-window="${name}"]`)!;
  }

  private say(words: string): void {
    this.section.querySelector("[data-status]")!.textContent = words;
  }

  alert(words: string): void {
    const alert = this.section.querySelector<HTMLElement>("[data-alert]")!;
    alert.textContent = words;
    alert.hidden = false;
  }
}

function canDraw(): boolean {
  const gl = document.createElement("canvas").getContext("webgl2");
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return gl !== null;
}

for (const section of document.querySelectorAll<HTMLElement>("[data-viewer]")) {
  const viewer = new Viewer(section);
  if (!canDraw()) {
    viewer.alert(noWebGL);
    section.querySelectorAll<HTMLElement>("[data-instead]").forEach((part) => (part.hidden = false));
    continue;
  }

  // Volumes are fetched once somebody scrolls to them.
  const seen = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) {
      seen.disconnect();
      viewer.start();
    }
  }, { rootMargin: "200px" });
  seen.observe(section);
}
