/** Colours repeat what the text says. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly good: (text: string) => string;
  readonly unsure: (text: string) => string;
}

const same = (text: string) => text;
const sgr = (on: number, off: number) => (text: string) => `\u001b[${on}m${text}\u001b[${off}m`;

export const PLAIN: Paint = { bold: same, dim: same, bad: same, good: same, unsure: same };

export const ANSI: Paint = {
  bold: sgr(1, 22),
  dim: sgr(2, 22),
  bad: sgr(31, 39),
  good: sgr(32, 39),
  unsure: sgr(33, 39),
};

export interface Pen {
  readonly width: number;
  readonly paint: Paint;
}
