export const region = {
  'region.title': 'Region',
} as const;
