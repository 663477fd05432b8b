import type { Actor } from '../../domain/people.ts';
import { signedIn } from '../access.ts';
import { resource } from './resource.ts';
import { me as schema } from './schemas/account.ts';

function scopeOf({ role, centreId, regionCode }: Actor): string | null {
  if (role === 'regional_manager') return regionCode;
  return centreId === null ? null : String(centreId);
}

export const me = resource('/me').read(
  '',
  signedIn,
  { summary: 'Whose token this is', answer: schema },
  async ({ context: { actor } }) => ({
    id: String(actor.personId),
    name: actor.name,
    role: actor.role,
    scope: scopeOf(actor),
  }),
);
