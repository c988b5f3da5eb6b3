// Planes and places as radiologists call them; voxels are counted in NiiVue's order, which is R, A, S.

/** A plane to scroll through: `axis` is the voxel index that changes with it. */
export interface Plane {
  name: "axial" | "coronal" | "sagittal";
  axis: 0 | 1 | 2;
}

export const planes: readonly Plane[] = [
  { name: "axial", axis: 2 },
  { name: "coronal", axis: 1 },
  { name: "sagittal", axis: 0 },
];

/** A place in millimetres, R, A, S, as words: "R 20, P 4, S 31 mm". */
export function placeOf(mm: ArrayLike<number>): string {
  const letters = [["R", "L"], ["A", "P"], ["S", "I"]] as const;
  return `${letters.map(([more, less], i) => `${(mm[i] ?? 0) >= 0 ? more : less} ${Math.abs(Math.round(mm[i] ?? 0))}`).join(", ")} mm`;
}

/** A number as it is read: as many digits as say something. */
export function shortOf(value: number): string {
  const size = Math.abs(value);
  return size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** The voxel in the middle of the region's largest axial slice; null if it is empty. */
export function middleOf(region: Uint8Array, dims: readonly number[]): [number, number, number] | null {
  const [nx, ny, nz] = [dims[1] ?? 0, dims[2] ?? 0, dims[3] ?? 0];
  let best: [number, number, number] | null = null;
  let most = 0;
  for (let z = 0; z < nz; z++) {
    let count = 0;
    let sumX = 0;
    let sumY = 0;
    for (let y = 0, i = z * nx * ny; y < ny; y++) {
      for (let x = 0; x < nx; x++, i++) {
        if (region[i]) {
          count++;
          sumX += x;
          sumY += y;
        }
      }
    }

    if (count > most) {
      most = count;
      best = [Math.round(sumX / count), Math.round(sumY / count), z];
    }
  }

  return best;
}
