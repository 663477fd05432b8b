import { z } from 'zod';
import type { Admission } from '../../domain/people.ts';
import { LANGUAGES_OF_GROUPS, type LanguageOfGroup } from '../../domain/settings.ts';
import { SKILLS, type Skill } from '../../domain/staffing.ts';
import type { T } from '../../i18n/translate.ts';
import { manyOf, nameField, numberField } from '../shapes.ts';

const ADMISSIONS = ['open', 'enrolled'] as const satisfies readonly Admission[];

/** What a group is called and whom it admits, as both of its forms send it. */
export const groupWordsShape = {
  name: nameField(),
  admission: z.enum(ADMISSIONS),
  fromAgeMonths: numberField(),
  toAgeMonths: numberField(),
  /** A group that states nothing is not checked for skills before its roster is published. */
  skillsKnown: z.enum(['yes', 'no']),
  skills: manyOf(SKILLS),
  languages: manyOf(LANGUAGES_OF_GROUPS),
};

export function skillsOf(values: {
  readonly skillsKnown: 'yes' | 'no';
  readonly skills: Skill[];
}): Skill[] | null {
  return values.skillsKnown === 'yes' ? values.skills : null;
}

/** A group of which nobody ticked a language states none. */
export function languagesOf({ languages }: { readonly languages: LanguageOfGroup[] }) {
  return languages.length === 0 ? null : languages;
}

export interface GroupWords {
  readonly name: string;
  readonly admission: Admission;
  readonly fromAgeMonths: number;
  readonly toAgeMonths: number;
  readonly skills: readonly string[] | null;
  readonly languages: readonly string[] | null;
}

export function groupWordsForm(words: GroupWords | undefined, t: T) {
  return {
    name: words?.name ?? '',
    admission: words?.admission ?? 'open',
    fromAgeMonths: words?.fromAgeMonths ?? 18,
    toAgeMonths: words?.toAgeMonths ?? 216,
    skillsKnown: words?.skills ? 'yes' : 'no',
    skills: words?.skills ?? [],
    languages: words?.languages ?? [],
    admissions: ADMISSIONS.map((admission) => ({ value: admission, text: t(`admission.${admission}`) })),
    known: [
      { value: 'no', text: t('group.skills_unknown') },
      { value: 'yes', text: t('group.skills_known') },
    ],
    allSkills: SKILLS.map((skill) => ({ value: skill, text: t(`skill.${skill}`) })),
    allLanguages: LANGUAGES_OF_GROUPS.map((each) => ({ value: each, text: t(`find.language_${each}`) })),
  };
}
