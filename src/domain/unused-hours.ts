/** How often the hours of one weekday were booked in the last weeks, and how often they stayed unused. */
export interface WeekdayUse {
  readonly booked: number;
  /** Absent, or cancelled by the family after the deadline: nobody else could plan with them. */
  readonly unused: number;
}

/** Looked back on, until a deployment says otherwise (UNUSED_WEEKS). */
export const START_UNUSED_WEEKS = 4;

/** A family that has answered is left in peace for so many weeks. */
export const ASK_AGAIN_WEEKS = 12;

/** Unused at least three times of four: a holiday week counts for the family, not against it. */
export function isHabit({ unused, booked }: WeekdayUse, weeks: number): boolean {
  return unused >= Math.ceil((weeks * 3) / 4) && unused * 4 >= booked * 3;
}
