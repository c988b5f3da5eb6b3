import { DRAG_MODE, NVImage, Niivue, SHOW_RENDER, SLICE_TYPE } from "@niivue/niivue";
import { middleOf, placeOf, planes, shortOf, type Plane } from "./planes";
import { ImageProblem, fetchImage } from "./problem";

export type Layout = "planes" | "axial" | "coronal" | "sagittal" | "render";
export type Dragging = "crosshair" | "window" | "pan";

interface Location {
  mm: ArrayLike<number>;
  values: { value: number }[];
}

const sliceTypes: Record<Layout, SLICE_TYPE> = {
  axial: SLICE_TYPE.AXIAL,
  coronal: SLICE_TYPE.CORONAL,
  sagittal: SLICE_TYPE.SAGITTAL,
  planes: SLICE_TYPE.MULTIPLANAR,
  render: SLICE_TYPE.RENDER,
};

const dragModes: Record<Dragging, DRAG_MODE> = { crosshair: DRAG_MODE.crosshair, window: DRAG_MODE.windowing, pan: DRAG_MODE.pan };

/** Colour of the region: none that a grey picture has, or a map. */
const regionColour = { R: [0, 0], G: [0, 224], B: [0, 255], A: [0, 255], I: [0, 1], labels: ["", "region"] };

// Less than a screen can show, and more than nothing: without any fill NiiVue draws no outline either.
const leastFill = 0.004;
const fillIn3D = 0.6;

/** One sequence on one canvas. */
export class Pane {
  readonly sequence: string;
  /** Told whenever what is looked at has moved, or the window has changed. */
  onMoved: (pane: Pane) => void = () => undefined;
  private readonly canvas: HTMLCanvasElement;
  private readonly nv: Niivue;
  private readonly maps: ReadonlyMap<string, string>;
  private loading: Promise<void> | null = null;
  private map: NVImage | null = null;
  private mapWanted = "";
  private location: Location | null = null;

  constructor(readonly figure: HTMLElement, private readonly images: string) {
    this.sequence = figure.dataset.sequence ?? "";
    this.canvas = figure.querySelector("canvas")!;
    this.maps = new Map([...figure.querySelectorAll<HTMLElement>("[data-map]")].map((map) => [map.dataset.map!, map.dataset.file!]));
    this.nv = new Niivue({
      logLevel: "error",
      isRadiologicalConvention: true,
      sagittalNoseLeft: true,
      showAllOrientationMarkers: true,
      backColor: [0, 0, 0, 1],
      fontColor: [0.85, 0.85, 0.85, 1],
      crosshairColor: [0.5, 0.55, 0.6, 1],
      // Voxels of some sequences are as thick as a finger.
      crosshairWidthUnit: "mm",
      crosshairWidth: 0.7,
      dragMode: DRAG_MODE.windowing,
      dragModePrimary: DRAG_MODE.crosshair,
      multiplanarShowRender: SHOW_RENDER.ALWAYS,
      dragAndDropEnabled: false,
      scrollRequiresFocus: true,
    });
    this.nv.onLocationChange = (location) => {
      this.location = location as Location;
      this.onMoved(this);
    };

    // The region in three dimensions is a body, however faint its fill in the planes.
    const draw3D = this.nv.draw3D.bind(this.nv);
    this.nv.draw3D = (...given) => {
      const fill = this.nv.drawOpacity;
      this.nv.drawOpacity = this.nv.drawRimOpacity > 0 || fill > leastFill ? fillIn3D : 0;
      try {
        return draw3D(...given);
      } finally {
        this.nv.drawOpacity = fill;
      }
    };
  }

  get isLoaded(): boolean {
    return this.nv.volumes.length > 0;
  }

  get hasFocus(): boolean {
    return document.activeElement === this.canvas;
  }

  /** Gets the volume and its region, once; again if that failed. */
  load(): Promise<void> {
    this.loading ??= this.start().catch((problem: unknown) => {
      this.loading = null;
      throw problem;
    });
    return this.loading;
  }

  private async start(): Promise<void> {
    const [volume, region] = await Promise.all([this.image(this.figure.dataset.volume!, "gray"), this.image(this.figure.dataset.roi!, "gray")]);
    if ([1, 2, 3].some((axis) => volume.hdr?.dims[axis] !== region.hdr?.dims[axis])) {
      throw new ImageProblem(`The region of ${this.sequence} isn't on the grid of its volume: neither is shown.`);
    }

    await this.nv.attachToCanvas(this.canvas, true);
    this.nv.addVolume(volume);
    this.nv.setDrawColormap(regionColour as unknown as string);
    this.nv.loadDrawing(region);
    this.nv.drawRimOpacity = 1;
    this.nv.setDrawOpacity(leastFill);
    const middle = this.nv.drawBitmap ? middleOf(this.nv.drawBitmap, volume.dimsRAS ?? []) : null;
    if (middle) {
      this.nv.scene.crosshairPos = this.nv.vox2frac(middle);
    }

    this.canvas.addEventListener("mousemove", () => this.onMoved(this));
    this.nv.createOnLocationChange();
    this.nv.drawScene();
  }

  private async image(file: string, colormap: string): Promise<NVImage> {
    const buffer = await fetchImage(`${this.images}/${encodeURIComponent(file)}`);
    return NVImage.loadFromUrl({ url: file, name: file, buffer, colormap });
  }

  show(layout: Layout): void {
    this.nv.setSliceType(sliceTypes[layout]);
  }

  drag(dragging: Dragging): void {
    this.nv.opts.dragModePrimary = dragModes[dragging];
  }

  /** How the region is drawn; opacities from 0 to 1. */
  drawRegion(outline: boolean, fill: number): void {
    this.nv.drawRimOpacity = outline ? 1 : Math.max(fill, 0);
    this.nv.setDrawOpacity(outline || fill > 0 ? Math.max(fill, leastFill) : 0);
  }

  /** Lays a map over the volume; a sequence that has none of this name shows none. */
  async drawMap(name: string, opacity: number): Promise<void> {
    const file = this.maps.get(name);
    if (name !== this.mapWanted) {
      this.mapWanted = name;
      if (this.map) {
        this.nv.removeVolume(this.map);
        this.map = null;
      }

      if (file) {
        const map = await this.image(file, "inferno").catch((problem: unknown) => {
          this.mapWanted = "";
          throw problem;
        });
        if (this.mapWanted !== name) {
          return;
        }

        this.map = map;
        this.nv.addVolume(map);
      }
    }

    if (this.map) {
      this.nv.setOpacity(this.nv.volumes.indexOf(this.map), opacity);
    }
  }

  get mapRange(): [number, number] | null {
    return this.map ? [this.map.cal_min ?? 0, this.map.cal_max ?? 0] : null;
  }

  /** Width and centre of the grey values that are told apart. */
  get window(): [number, number] {
    const { cal_min: low = 0, cal_max: high = 0 } = this.nv.volumes[0] ?? {};
    return [high - low, (high + low) / 2];
  }

  set window([width, level]: [number, number]) {
    const volume = this.nv.volumes[0]!;
    volume.cal_min = level - width / 2;
    volume.cal_max = level + width / 2;
    this.nv.updateGLVolume();
  }

  /** The window that fits nearly all of the volume's values. */
  resetWindow(): void {
    const volume = this.nv.volumes[0]!;
    volume.cal_min = volume.robust_min;
    volume.cal_max = volume.robust_max;
    this.nv.updateGLVolume();
  }

  /** Number of slices of a plane, and the one that is looked at, from 1. */
  slice(plane: Plane): [number, number] {
    const count = this.nv.volumes[0]?.dimsRAS?.[plane.axis + 1] ?? 1;
    return [count, Math.round(this.nv.frac2vox(this.nv.scene.crosshairPos)[plane.axis] ?? 0) + 1];
  }

  /** Looks at a slice, by its number from 1. */
  goTo(plane: Plane, number: number): void {
    const [count] = this.slice(plane);
    const voxel = this.nv.frac2vox(this.nv.scene.crosshairPos);
    voxel[plane.axis] = Math.min(Math.max(number, 1), count) - 1;
    this.nv.scene.crosshairPos = this.nv.vox2frac(voxel);
    this.nv.createOnLocationChange();
    this.nv.drawScene();
  }

  /** Turns the body, in degrees. */
  turn(around: number, up: number): void {
    this.nv.setRenderAzimuthElevation(this.nv.scene.renderAzimuth + around, this.nv.scene.renderElevation + up);
  }

  /** Looks at the same place as another pane, as near and from the same side. */
  follow(other: Pane): void {
    this.nv.scene.crosshairPos = this.nv.mm2frac(other.nv.frac2mm(other.nv.scene.crosshairPos));
    this.nv.scene.pan2Dxyzmm = [...other.nv.scene.pan2Dxyzmm] as typeof this.nv.scene.pan2Dxyzmm;
    this.nv.scene.renderAzimuth = other.nv.scene.renderAzimuth;
    this.nv.scene.renderElevation = other.nv.scene.renderElevation;
    this.nv.scene.volScaleMultiplier = other.nv.scene.volScaleMultiplier;
    this.nv.createOnLocationChange();
    this.nv.drawScene();
  }

  /** As near and as turned as at first. */
  resetView(): void {
    this.nv.scene.pan2Dxyzmm = [0, 0, 0, 1] as unknown as typeof this.nv.scene.pan2Dxyzmm;
    this.nv.scene.volScaleMultiplier = 1;
    this.nv.setRenderAzimuthElevation(110, 10);
  }

  /** Where the crosshair is and what is there, in words. */
  get reading(): string {
    if (!this.location) {
      return "";
    }

    const [value, map] = this.location.values;
    return `${value ? shortOf(value.value) : ""} at ${placeOf(this.location.mm)}${map ? `; map ${shortOf(map.value)}` : ""}`;
  }

  /** Which slices are looked at, in words. */
  get slices(): string {
    return planes.map((plane) => `${plane.name} ${this.slice(plane).reverse().join(" of ")}`).join(", ");
  }
}
