/** Papers that an admission needs, each with a number and mostly an end; they may be brought later. */
export const DOCUMENT_KINDS = ['rehabilitation', 'pmpk', 'medical_card', 'disability'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** How an application stands. */
export const APPLICATION_STATES = ['received', 'accepted', 'declined'] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];
