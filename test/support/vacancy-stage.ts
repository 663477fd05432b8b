import { addMinutes, plainDate } from '../../src/domain/calendar.ts';
import type { CandidacyState, CandidatePaper } from '../../src/domain/candidacy.ts';
import type { Actor } from '../../src/domain/people.ts';
import type { VacancyWish } from '../../src/domain/vacancy.ts';
import { listStates } from '../../src/data/candidacies.ts';
import { addPaper, submitCandidacy } from '../../src/use-cases/candidacies.ts';
import { takeStep, type CentreStep } from '../../src/use-cases/hiring.ts';
import { openVacancy } from '../../src/use-cases/vacancies.ts';
import type { World } from './world.ts';

/** A care worker for 20 hours within four mornings and afternoons. */
export const VACANCY: VacancyWish = {
  post: 'care_worker',
  weeklyMinutes: 1200,
  hours: { mon: [17, 30], tue: [17, 30], wed: [17, 30], thu: [17, 30] },
  startsOn: plainDate('2027-03-01'),
  applyUntil: plainDate('2027-02-20'),
  details: 'Synthetic details',
};

const PAPERS: readonly CandidatePaper[] = [
  'basic_secondary',
  'social_training',
  'medical_book',
  'background_check',
];

/** A centre with a vacancy, and somebody who applies for it. */
export class VacancyStage {
  readonly world: World;
  readonly centreId: number;
  readonly admin: Actor;
  readonly vacancyId: number;

  private constructor(world: World, centreId: number, admin: Actor, vacancyId: number) {
    this.world = world;
    this.centreId = centreId;
    this.admin = admin;
    this.vacancyId = vacancyId;
  }

  static async create(
    world: World,
    options: { centreId?: number; admin?: Actor; wish?: Partial<VacancyWish> } = {},
  ): Promise<VacancyStage> {
    const centreId = options.centreId ?? (await world.centre());
    const admin = options.admin ?? (await world.person('centre_admin', { centreId }));
    const { id } = await world.act(admin, openVacancy, { ...VACANCY, ...options.wish, centreId });
    return new VacancyStage(world, centreId, admin, id);
  }

  async apply(guardian: Actor, childId: number | null = null): Promise<number> {
    const wish = { vacancyId: this.vacancyId, childId, statement: 'Synthetic statement' };
    return (await this.world.act(guardian, submitCandidacy, wish)).id;
  }

  async handIn(guardian: Actor, candidacyId: number, kinds: readonly CandidatePaper[] = PAPERS) {
    for (const kind of kinds)
      await this.world.act(guardian, addPaper, {
        candidacyId,
        kind,
        institution: 'Synthetic college',
        issuedOn: plainDate('2026-05-05'),
        validUntil: kind === 'medical_book' ? plainDate('2027-12-31') : null,
      });
  }

  async stateOf(candidacyId: number): Promise<CandidacyState> {
    const states = await this.world.database.read((tx) => listStates(tx, [candidacyId]));
    return states.get(candidacyId)!.state;
  }

  async step(
    candidacyId: number,
    to: CandidacyState,
    options: Partial<CentreStep> = {},
    actor: Actor = this.admin,
  ) {
    const from = await this.stateOf(candidacyId);
    const { centreId } = this;
    const input = { centreId, candidacyId, from, to, note: '', heldAt: null, ...options };
    await this.world.act(actor, takeStep, input);
  }

  /** Through the papers and the competition, which the world's clock goes past. */
  async pass(guardian: Actor, candidacyId: number): Promise<void> {
    const { world } = this;
    await this.handIn(guardian, candidacyId);
    await this.step(candidacyId, 'papers_complete');
    const heldAt = addMinutes(world.now, 60);
    await this.step(candidacyId, 'invited', { heldAt });
    world.now = addMinutes(heldAt, 30);
    await this.step(candidacyId, 'passed');
  }
}
