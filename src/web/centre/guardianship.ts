import { refuse } from '../../domain/refusal.ts';
import { listGuardians } from '../../data/registration.ts';
import { sendInvitation } from '../../use-cases/guardianships.ts';
import { centreChild } from '../access.ts';
import { attempt } from '../attempt.ts';
import type { Context } from '../context.ts';
import { changeAsTyped, showGuardianship, withdrawAsTyped } from '../guardians/changes.ts';
import { CENTRE_SIDE } from '../guardians/side.ts';
import { routes } from '../route.ts';

/** Sends a guardian who has no password yet a link, in place of those sent before. */
async function inviteAgain(context: Context): Promise<void> {
  const which = CENTRE_SIDE.which(context);
  const id = context.id('guardianshipId');
  const rows = await context.database.read((tx) => listGuardians(tx, which.childId, context.today));
  const { personId } = rows.find((row) => row.id === id) ?? refuse('missing');
  const { refused } = await attempt(context.perform(sendInvitation, { ...which, personId }));
  return context.done(
    CENTRE_SIDE.list(context),
    refused ? { tone: 'warn', key: 'child.not_invited' } : { key: 'child.invited' },
  );
}

/** The rights of one adult, as the child's centre changes them. */
export const guardianship = routes('/centres/:centreId/children/:childId/guardians/:guardianshipId')
  .get('', centreChild, (context) => showGuardianship(context, CENTRE_SIDE))
  .post('/last-day', centreChild, (context) => changeAsTyped(context, CENTRE_SIDE))
  .post('/withdrawal', centreChild, (context) => withdrawAsTyped(context, CENTRE_SIDE))
  .post('/invitation', centreChild, inviteAgain);
