// Where the pages lie, as numbers only. All pages are as wide as the column; zoom 1 = the width of the window.

export interface Size {
  /** The upright page in points. */
  width: number;
  height: number;
}

export interface Slot {
  /** CSS pixels from the top of the column. */
  top: number;
  width: number;
  height: number;
  /** CSS pixels per point. */
  scale: number;
}

export const gap = 12; // CSS pixels between pages and around the column
const widest = 940; // CSS pixels: on a large screen a page as wide as the window is harder to read, not easier
export const zoomMin = 0.5;
export const zoomMax = 6;

export const clampZoom = (zoom: number): number => Math.min(zoomMax, Math.max(zoomMin, Math.round(zoom * 1000) / 1000));

/** steps of the zoom buttons */
const steps = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6];

/** nextZoom is the next step larger (+1) or smaller (-1). */
export function nextZoom(zoom: number, direction: 1 | -1): number {
  const found = direction > 0 ? steps.find((s) => s > zoom + 0.01) : steps.findLast((s) => s < zoom - 0.01);
  return found ?? (direction > 0 ? zoomMax : zoomMin);
}

/** Layout places pages of the given sizes in a column for a window of the given width. */
export class Layout {
  readonly slots: Slot[] = [];
  readonly height: number;
  /** Width of a page in CSS pixels. */
  readonly pageWidth: number;
  /** Left edge of the pages, and width of the whole column. */
  readonly left: number;
  readonly width: number;

  constructor(sizes: readonly Size[], windowWidth: number, zoom: number) {
    this.pageWidth = Math.max(80, Math.min(windowWidth - 2 * gap, widest)) * zoom;
    this.width = Math.max(windowWidth, this.pageWidth + 2 * gap);
    this.left = (this.width - this.pageWidth) / 2;
    let top = gap;
    for (const size of sizes) {
      const scale = this.pageWidth / size.width;
      const height = size.height * scale;
      this.slots.push({ top, width: this.pageWidth, height, scale });
      top += height + gap;
    }
    this.height = top;
  }

  /** at gives the index of the page at a distance from the top of the column: the last one that begins above it. */
  at(y: number): number {
    let low = 0;
    let high = this.slots.length - 1;
    while (low < high) {
      const mid = (low + high + 1) >> 1;
      if (this.slots[mid]!.top <= y) low = mid;
      else high = mid - 1;
    }
    return low;
  }

  /** between gives the first and last index of the pages that show in a part of the column. */
  between(top: number, bottom: number): [number, number] {
    let first = this.at(top);
    const slot = this.slots[first];
    if (slot && slot.top + slot.height < top && first + 1 < this.slots.length) first++;
    return [first, Math.max(first, this.at(bottom))];
  }
}
