import { ATTESTATIONS } from '../../domain/lapses.ts';
import { POSTS, SKILLS } from '../../domain/staffing.ts';
import type { Qualification, Staff } from '../../data/staff.ts';
import type { T } from '../../i18n/translate.ts';
import type { Typed } from '../form.ts';
import { weeklyForm } from './weekly-hours.ts';
import { QUALIFICATIONS } from './staff-entry.ts';

const hoursText = (minutes: number): string => String(Math.round((minutes / 60) * 100) / 100);

/** The fields of the form: what holds, or for somebody new what is usual. */
export function staffForm(
  staff: Staff | undefined,
  qualifications: readonly Qualification[],
  typed: Typed,
  t: T,
) {
  const isTyped = Object.keys(typed).length > 0;
  const date = (name: string, label: string, value: string | null | undefined, optionalField = true) => ({
    name,
    label,
    type: 'date',
    size: 's',
    value: value ?? '',
    ...(optionalField ? { optional: true } : {}),
  });
  return {
    name: { name: 'name', label: t('staff.name'), maxlength: 120, value: staff?.name ?? '' },
    post: {
      name: 'post',
      label: t('staff.post'),
      type: 'select',
      size: 'm',
      value: staff?.post ?? '',
      choose: staff === undefined,
      options: POSTS.map((value) => ({ value, text: t(`post.${value}`) })),
    },
    hours: {
      name: 'hours',
      label: t('staff.hours'),
      hint: t('staff.hours_hint'),
      size: 'xs',
      inputmode: 'decimal',
      value: hoursText(staff?.weeklyMinutes ?? 2400),
    },
    daysPerWeek: {
      name: 'daysPerWeek',
      label: t('staff.days'),
      size: 'xs',
      inputmode: 'numeric',
      value: String(staff?.daysPerWeek ?? 5),
    },
    summedTime: {
      name: 'summedTime',
      label: t('staff.summed'),
      hint: t('staff.summed_hint'),
      type: 'checkbox',
      checked: staff?.summedTime ?? false,
    },
    overtimeConsentOn: date('overtimeConsentOn', t('staff.overtime_consent'), staff?.overtimeConsentOn),
    overtimeBarred: {
      name: 'overtimeBarred',
      label: t('staff.overtime_barred'),
      hint: t('staff.overtime_barred_hint'),
      type: 'checkbox',
      checked: staff?.overtimeBarred ?? false,
    },
    skills: {
      name: 'skills',
      legend: t('staff.skills'),
      many: true,
      optional: true,
      value: isTyped ? [] : (staff?.skills ?? []),
      options: SKILLS.map((value) => ({ value, text: t(`skill.${value}`) })),
    },
    startsOn: date('startsOn', t('staff.starts_on'), staff?.startsOn, false),
    endsOn: date('endsOn', t('staff.ends_on'), staff?.endsOn),
    papers: [
      date('medicalBookUntil', t('paper.medical_book_until'), staff?.medicalBookUntil),
      date('backgroundCheckedOn', t('paper.background_checked_on'), staff?.backgroundCheckedOn),
      date('backgroundCheckUntil', t('paper.background_check_until'), staff?.backgroundCheckUntil),
    ],
    attestation: {
      name: 'attestation',
      label: t('paper.attestation'),
      type: 'select',
      size: 's',
      choose: true,
      value: staff?.attestation ?? '',
      options: ATTESTATIONS.map((value) => ({ value, text: t(`attestation.${value}`) })),
    },
    attestedOn: date('attestedOn', t('paper.attested_on'), staff?.attestedOn),
    attestationDueOn: date('attestationDueOn', t('paper.attestation_due_on'), staff?.attestationDueOn),
    annualLeaveDays: {
      name: 'annualLeaveDays',
      label: t('staff.annual_leave'),
      hint: t('staff.annual_leave_hint'),
      size: 'xs',
      inputmode: 'numeric',
      optional: true,
      value: String(staff?.annualLeaveDays ?? ''),
    },
    leaveCarriedDays: {
      name: 'leaveCarriedDays',
      label: t('staff.leave_carried'),
      hint: t('staff.leave_carried_hint'),
      size: 'xs',
      inputmode: 'numeric',
      optional: true,
      value: String(staff?.leaveCarriedDays ?? 0),
    },
    qualifications: QUALIFICATIONS.map((number) => {
      const held = qualifications[number - 1];
      return {
        kind: {
          name: `qualification${number}`,
          label: t('paper.qualification_kind'),
          maxlength: 120,
          value: held?.kind ?? '',
          optional: true,
        },
        institution: {
          name: `institution${number}`,
          label: t('paper.institution'),
          maxlength: 120,
          value: held?.institution ?? '',
          optional: true,
        },
        issuedOn: date(`issuedOn${number}`, t('paper.issued_on'), held?.issuedOn),
        validUntil: date(`validUntil${number}`, t('paper.valid_until'), held?.validUntil),
      };
    }),
    availability: weeklyForm(
      'availability',
      t('staff.availability'),
      t('staff.availability_hint'),
      staff?.availability ?? {},
      typed,
      t,
    ),
    preferences: weeklyForm(
      'preferences',
      t('staff.preferences'),
      t('staff.preferences_hint'),
      staff?.preferences ?? {},
      typed,
      t,
    ),
  };
}
