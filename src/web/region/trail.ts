/** A step of the way back, with the filters it was left with. */
export interface Crumb {
  readonly href: string;
  readonly text: string;
}
