import { findFeedOwner } from '../../data/calendar-feeds.ts';
import { findChild, mayBookFor } from '../../data/children.ts';
import { listRescueAnswers } from '../../data/rescues.ts';
import { findStandBy } from '../../data/stand-bys.ts';
import { findReleaseRequest } from '../../data/unused-hours.ts';
import { hashToken } from '../../use-cases/sign-in.ts';
import { allow, type Access } from '../access.ts';

/** A stand-by in an address of its child, by a guardian who books for it. */
export const standByOfFamily = allow('standByOfFamily', ['guardian'], (context, actor) =>
  context.database.read(async (tx) => {
    const standBy = await findStandBy(tx, context.id('standById'));
    if (!standBy || standBy.childId !== context.id('childId')) return false;
    return (await findChild(tx, actor, standBy.childId, context.today, 'mayBook')) !== undefined;
  }),
);

/** Freed hours, by a guardian who books for a child that is asked. */
export const rescueAsked = allow('rescueAsked', ['guardian'], (context, actor) =>
  context.database.read(async (tx) => {
    for (const { childId } of await listRescueAnswers(tx, [context.id('rescueId')]))
      if (await mayBookFor(tx, actor, childId, context.today)) return true;
    return false;
  }),
);

/** A question about unused hours, by a guardian who books for the child. */
export const releaseAsked = allow('releaseAsked', ['guardian'], (context, actor) =>
  context.database.read(async (tx) => {
    const request = await findReleaseRequest(tx, context.id('requestId'));
    return request !== undefined && (await mayBookFor(tx, actor, request.childId, context.today));
  }),
);

/** Whoever knows the secret address of a calendar that has not been revoked: programs do not sign in. */
export const feedHolder: Access = {
  name: 'feedHolder',
  async decide(context) {
    await context.services.limits.take('feed', context.req.ip ?? '');
    const tokenHash = hashToken(context.text('token'));
    return (await context.database.read((tx) => findFeedOwner(tx, tokenHash))) ? 'granted' : 'missing';
  },
};
