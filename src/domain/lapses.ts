/** What a member of staff must keep valid. */
export const PAPERS = ['medical_book', 'background_check', 'attestation', 'qualification'] as const;
export type Paper = (typeof PAPERS)[number];

export const ATTESTATIONS = ['none', 'second', 'first', 'highest'] as const;
export type Attestation = (typeof ATTESTATIONS)[number];

export const LEAVE_KINDS = ['annual', 'sick', 'study', 'unpaid', 'other'] as const;
export type LeaveKind = (typeof LEAVE_KINDS)[number];
