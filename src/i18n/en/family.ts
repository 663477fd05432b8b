export const family = {
  'family.title': 'My children',
} as const;
