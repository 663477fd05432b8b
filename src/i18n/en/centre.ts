export const centre = {} as const;
