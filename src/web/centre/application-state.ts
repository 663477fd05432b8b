import type { ApplicationState } from '../../domain/application.ts';
import type { Decision } from '../../data/applications.ts';

export const APPLICATION_TONES: Readonly<Record<ApplicationState, string>> = {
  received: 'info',
  accepted: 'good',
  declined: 'off',
};

/** How an application stands; a withdrawn one is over like a declined one. */
export function applicationState(decision: Pick<Decision, 'outcome'> | null): ApplicationState {
  if (decision === null) return 'received';
  return decision.outcome === 'accepted' ? 'accepted' : 'declined';
}
