import { formatSlot, stretches } from '../../domain/slots.ts';
import type { Curtailment, ProposedCut } from '../../use-cases/curtailments.ts';
import type { SeenLending } from '../../use-cases/lendings.ts';
import type { T } from '../../i18n/translate.ts';
import { hoursOf } from '../figures.ts';
import { paths } from '../paths.ts';

/** Who could be moved here from another group, as rows with what their forms send. */
export function lendingRows(lendings: readonly SeenLending[]) {
  return lendings.map((lending) => ({
    name: lending.staff.name,
    time: formatSlot(lending),
    group: lending.fromGroup.name,
    fields: [
      { name: 'shiftId', value: String(lending.shiftId) },
      { name: 'from', value: String(lending.from) },
      { name: 'to', value: String(lending.to) },
    ],
  }));
}

function whyWords({ lostWorkMinutes, workKnown, cutsBefore }: ProposedCut, t: T): string {
  const work =
    lostWorkMinutes > 0
      ? t('shortage.cut_work', { hours: hoursOf(lostWorkMinutes, t.language) })
      : t(workKnown ? 'shortage.cut_no_work' : 'shortage.cut_unknown_work');
  return cutsBefore > 0 ? `${work}; ${t('shortage.cut_before', { n: cutsBefore })}` : work;
}

/** Whose stays would be cut and what each family loses; undefined where nothing can be proposed. */
export function curtailmentWords(proposal: Curtailment | undefined, centreId: number, t: T) {
  if (!proposal) return undefined;
  return {
    token: proposal.token,
    left: stretches(proposal.left).map(formatSlot).join(', '),
    proved: proposal.proved,
    rows: proposal.cuts.map((cut) => ({
      name: cut.childName,
      href: paths.centreBooking(centreId, cut.bookingId),
      booked: formatSlot(cut.booking),
      kept: cut.kept ? formatSlot(cut.kept) : t('shortage.cut_cancelled'),
      tone: cut.kept ? 'warn' : 'bad',
      lost: t('shortage.hours', { hours: hoursOf(cut.lostMinutes, t.language) }),
      why: whyWords(cut, t),
    })),
  };
}
