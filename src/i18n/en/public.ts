export const publicPages = {
  'public.title': 'Day-care centres',
} as const;
