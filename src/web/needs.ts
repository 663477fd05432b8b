import { SKILLS, type Skill } from '../domain/staffing.ts';
import type { T } from '../i18n/translate.ts';

function isSkill(skill: string): skill is Skill {
  return (SKILLS as readonly string[]).includes(skill);
}

/** What a child needs, as a note beside its name; a skill that no list of ours has stands as it is written. */
export function needWords(skill: string, t: T): string {
  return isSkill(skill) ? t(`need.${skill}`) : skill;
}

/** What a group has. */
export function skillWords(skill: string, t: T): string {
  return isSkill(skill) ? t(`skill.${skill}`) : skill;
}
