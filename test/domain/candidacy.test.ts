import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  arePapersOpen,
  CANDIDACY_STATES,
  CANDIDACY_TRANSITIONS,
  CANDIDATE_PAPERS,
  isCandidacyOver,
  isComplete,
  lackingFor,
  mayFollow,
  paperErrors,
  POST_RULES,
  stepBelongsTo,
  type CandidacyState,
  type CandidatePaper,
} from '../../src/domain/candidacy.ts';
import { plainDate } from '../../src/domain/calendar.ts';
import { POSTS } from '../../src/domain/staffing.ts';

const ON = plainDate('2027-03-01');
const held = (...kinds: CandidatePaper[]) => kinds.map((kind) => ({ kind, validUntil: null }));
const BOTH = ['medical_book', 'background_check'] as const;

describe('what a post asks for', () => {
  test.each([
    ['care_worker', ['education_medical', ...BOTH], true],
    ['care_worker', ['education_social', ...BOTH], true],
    ['care_worker', ['education_pedagogical', ...BOTH], true],
    ['care_worker', ['basic_secondary', 'social_training', ...BOTH], true],
    ['care_worker', ['basic_secondary', ...BOTH], false],
    ['care_worker', ['social_training', ...BOTH], false],
    ['care_worker', ['education_social', 'medical_book'], false],
    ['care_worker', [], false],
    ['nurse', ['education_medical', ...BOTH], true],
    ['nurse', ['education_social', ...BOTH], false],
    ['nurse', ['basic_secondary', 'social_training', ...BOTH], false],
    ['tutor', ['education_pedagogical', ...BOTH], true],
    ['tutor', ['education_medical', ...BOTH], false],
    ['specialist', ['education_medical', ...BOTH], true],
    ['social_work_specialist', ['education_social', ...BOTH], true],
    ['social_work_specialist', ['education_medical', ...BOTH], false],
  ] as const)('%s with %j: %s', (post, kinds, complete) => {
    expect(isComplete(lackingFor(post, held(...kinds), ON))).toBe(complete);
  });

  test('the way with least lacking is told first, and only what is missing of it', () => {
    expect(lackingFor('care_worker', held('basic_secondary', 'medical_book'), ON)).toEqual({
      ways: [['education_social'], ['education_pedagogical'], ['education_medical'], ['social_training']],
      papers: ['background_check'],
    });
  });

  test('a paper counts to the last day on which it holds', () => {
    const papers = (until: string) => [
      ...held('education_medical', 'background_check'),
      { kind: 'medical_book' as const, validUntil: plainDate(until) },
    ];
    expect(isComplete(lackingFor('nurse', papers('2027-03-01'), ON))).toBe(true);
    expect(lackingFor('nurse', papers('2027-02-28'), ON)).toEqual({ ways: [], papers: ['medical_book'] });
  });

  test('every post has a rule that can be met, asks everybody for the same two, and is to be checked', () => {
    for (const post of POSTS) {
      const { ways, always, doubt } = POST_RULES[post];
      expect(ways.length).toBeGreaterThan(0);
      expect(always).toEqual(BOTH);
      expect(doubt).toBe('Order 263');
    }
  });

  test('more papers never lack more', () => {
    const kinds = fc.subarray([...CANDIDATE_PAPERS]);
    fc.assert(
      fc.property(fc.constantFrom(...POSTS), kinds, kinds, (post, some, more) => {
        const before = lackingFor(post, held(...some), ON);
        const after = lackingFor(post, held(...some, ...more), ON);
        expect(after.papers.length).toBeLessThanOrEqual(before.papers.length);
        if (before.ways.length === 0) expect(after.ways).toEqual([]);
      }),
    );
  });
});

test.each([
  [{ issuedOn: '2027-02-04' }, 'issued_ahead'],
  [{ issuedOn: '2027-02-03' }, undefined],
  [{ validUntil: '2026-12-31', issuedOn: '2026-01-01' }, 'run_out'],
  [{ validUntil: '2025-12-31' }, 'ends_first'],
  [{ kind: 'medical_book', validUntil: null }, 'end_needed'],
  [{ kind: 'medical_book', validUntil: '2027-02-03' }, undefined],
  [{ validUntil: null }, undefined],
] as const)('a paper with %j is refused as %s', (change, detail) => {
  const usual = { kind: 'basic_secondary', institution: 'School', issuedOn: '2026-01-01', validUntil: null };
  const paper = { ...usual, ...change } as unknown as Parameters<typeof paperErrors>[0];
  expect(paperErrors(paper, plainDate('2027-02-03')).map((error) => error.detail)).toEqual(
    detail === undefined ? [] : [detail],
  );
});

describe('the steps of a candidacy', () => {
  test.each([
    ['submitted', ['papers_asked', 'papers_complete', 'refused', 'withdrawn']],
    ['papers_asked', ['papers_complete', 'refused', 'withdrawn']],
    ['papers_complete', ['invited', 'papers_asked', 'refused', 'withdrawn']],
    ['invited', ['invited', 'passed', 'not_passed', 'refused', 'withdrawn']],
    ['passed', ['hired', 'refused', 'withdrawn']],
    ['not_passed', []],
    ['hired', []],
    ['refused', []],
    ['withdrawn', []],
  ] as const)('after %s come %j', (from, to) => {
    expect(CANDIDACY_STATES.filter((state) => mayFollow(from, state)).toSorted()).toEqual(to.toSorted());
  });

  const walks = fc.array(fc.nat(), { maxLength: 40 }).map((choices) => {
    const walk: CandidacyState[] = ['submitted'];
    for (const choice of choices) {
      const next = CANDIDACY_TRANSITIONS[walk.at(-1)!];
      if (next.length === 0) break;
      walk.push(next[choice % next.length]!);
    }
    return walk;
  });

  test('on every way: hired only past complete papers, an invitation and the competition, and nothing after an end', () => {
    fc.assert(
      fc.property(walks, (walk) => {
        const hired = walk.indexOf('hired');
        if (hired >= 0) {
          expect(walk.slice(hired - 2, hired + 1)).toEqual(['invited', 'passed', 'hired']);
          expect(walk.indexOf('papers_complete')).toBeGreaterThan(0);
        }
        walk.forEach((state, at) => {
          expect(isCandidacyOver(state)).toBe(CANDIDACY_TRANSITIONS[state].length === 0);
          if (isCandidacyOver(state)) expect(at).toBe(walk.length - 1);
          // What the competition saw does not change behind its back.
          if (arePapersOpen(state)) expect(walk[at - 1]).not.toBe('invited');
        });
        expect(walk.filter((state) => state === 'submitted')).toHaveLength(1);
      }),
    );
  });

  test('as long as it runs, the candidate may withdraw and the centre may refuse', () => {
    for (const state of CANDIDACY_STATES.filter((each) => !isCandidacyOver(each))) {
      expect(mayFollow(state, 'withdrawn')).toBe(true);
      expect(mayFollow(state, 'refused')).toBe(true);
    }
    expect(CANDIDACY_STATES.filter((each) => stepBelongsTo(each) === 'candidate')).toEqual([
      'submitted',
      'withdrawn',
    ]);
  });
});
