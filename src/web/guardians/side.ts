import type { WhichChild } from '../../use-cases/guardianship-rules.ts';
import type { Context } from '../context.ts';
import { paths } from '../paths.ts';

/** Where the pages on an adult's rights stand: in a family's room, or in a centre's. The rules are the same use-cases. */
export interface GuardianSide {
  readonly views: 'family' | 'centre';
  readonly addTitle: 'guardians.add' | 'child.add_guardian';
  readonly listTitle: 'guardians.title' | 'booking.child';
  which(context: Context): WhichChild;
  list(context: Context): string;
  newGift(context: Context): string;
  gifts(context: Context): string;
  one(context: Context): string;
  lastDay(context: Context): string;
  withdrawal(context: Context): string;
}

export const FAMILY_SIDE: GuardianSide = {
  views: 'family',
  addTitle: 'guardians.add',
  listTitle: 'guardians.title',
  which: (context) => ({ childId: context.id('childId'), centreId: null }),
  list: (context) => paths.guardians(context.id('childId')),
  newGift: (context) => paths.newGuardian(context.id('childId')),
  gifts: (context) => paths.guardians(context.id('childId')),
  one: (context) => paths.guardianship(context.id('childId'), context.id('guardianshipId')),
  lastDay: (context) => paths.guardianshipLastDay(context.id('childId'), context.id('guardianshipId')),
  withdrawal: (context) => paths.guardianshipWithdrawal(context.id('childId'), context.id('guardianshipId')),
};

const centreChild = (context: Context): [number, number] => [context.id('centreId'), context.id('childId')];

export const CENTRE_SIDE: GuardianSide = {
  views: 'centre',
  addTitle: 'child.add_guardian',
  listTitle: 'booking.child',
  which: (context) => ({ childId: context.id('childId'), centreId: context.id('centreId') }),
  list: (context) => paths.centreChild(...centreChild(context)),
  newGift: (context) => paths.centreNewGuardian(...centreChild(context)),
  gifts: (context) => paths.centreGuardians(...centreChild(context)),
  one: (context) => paths.centreGuardianship(...centreChild(context), context.id('guardianshipId')),
  lastDay: (context) =>
    paths.centreGuardianshipLastDay(...centreChild(context), context.id('guardianshipId')),
  withdrawal: (context) =>
    paths.centreGuardianshipWithdrawal(...centreChild(context), context.id('guardianshipId')),
};
