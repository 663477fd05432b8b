import { refuse } from '../../domain/refusal.ts';
import { formatSlot, formatTime } from '../../domain/slots.ts';
import { anyone } from '../access.ts';
import type { Context } from '../context.ts';
import type { FieldError } from '../form.ts';
import { page } from '../page.ts';
import { routes } from '../route.ts';

/** Made-up people and figures: the style page shows looks, not data. */
const OPENS = 16;
const CLOSES = 37;
const ROOM = 6;

type State = 'booked' | 'in' | 'left' | 'late' | 'out' | 'held';

const CHILDREN: readonly {
  name: string;
  need?: string;
  from: number;
  to: number;
  state: State;
  note: string;
}[] = [
  { name: 'Айару Серікқызы', from: 17, to: 35, state: 'in', note: '✓ 08:34' },
  { name: 'Нұрлан Бекболатұлы', from: 16, to: 26, state: 'left', note: '08:02–12:57' },
  {
    name: 'Мадина Қайратқызы Әбдірахманова-Сейітжаппарқызы',
    need: 'медбике',
    from: 18,
    to: 36,
    state: 'in',
    note: '✓ 09:05',
  },
  { name: 'Ерасыл Төлегенұлы', from: 26, to: 36, state: 'booked', note: '' },
  { name: 'Аружан Жақсылыққызы', from: 17, to: 33, state: 'out', note: 'ауырып қалды' },
  {
    name: 'Данияр Өмірбекұлы',
    need: 'жеке күтім',
    from: 19,
    to: 35,
    state: 'late',
    note: '09:30 күтілген, әлі келмеді',
  },
  { name: 'Сабина Ізбасарқызы', from: 26, to: 35, state: 'booked', note: '' },
  { name: 'Әлихан Ғалымұлы', from: 16, to: 28, state: 'in', note: '✓ 08:00' },
  { name: 'Ұсыныс, жауап күтуде', from: 28, to: 36, state: 'held', note: '2 жұмыс күні' },
];

function board() {
  const takes = (state: State, at: number) =>
    CHILDREN.filter(
      (child) =>
        child.state !== 'out' &&
        (child.state === 'held') === (state === 'held') &&
        at >= child.from &&
        at < child.to,
    ).length;
  const hours = [];
  for (let at = OPENS; at < CLOSES; at += 2)
    hours.push({ text: formatTime(at), span: Math.min(2, CLOSES - at), now: at === 20 });
  const load = Array.from({ length: CLOSES - OPENS }, (_, place) => {
    const at = OPENS + place;
    const booked = takes('booked', at);
    const held = takes('held', at);
    const free = Math.max(0, ROOM - booked - held);
    const state = at === CLOSES - 1 ? 'shut' : free === 0 ? 'full' : at === 24 || at === 25 ? 'lack' : '';
    return {
      label: formatSlot({ from: at, to: at + 1 }),
      free: state === 'shut' ? '–' : String(free),
      taken: String(booked),
      booked: booked * 2,
      held: held * 2,
      state,
    };
  });
  const rows = CHILDREN.map(({ name, need, from, to, state, note }) => ({
    name,
    need: need ?? '',
    before: from - OPENS,
    span: to - from,
    after: CLOSES - to,
    slot: { state, text: formatSlot({ from, to }), note },
  }));
  return { columns: CLOSES - OPENS, hours, load, rows };
}

/** A figure of twentieths for row and column, the same at every visit. */
function figure(row: number, column: number): number {
  return Math.min(100, 34 + ((row * 37 + column * 23 + row * column * 7) % 70));
}

function heat() {
  const names = [
    'Қамқорлық, Алматы',
    'Шуақ',
    '№ 3 күндізгі болу бөлімшесі, Солтүстік Қазақстан облысы',
    'Үміт',
    'Мейірім',
    'Бақыт',
  ];
  const weeks = ['43', '44', '45', '46', '47', '48', '49', '50', '51', '52', '1', '2'];
  const rows = names.map((name, row) => ({
    name,
    cells: weeks.map((_, column) => {
      const value = figure(row, column);
      return row === 3 && column === 5
        ? { text: '', step: 0, none: true, over: false }
        : { text: String(value), step: Math.floor(value / 5), none: false, over: value >= 95 };
    }),
  }));
  return { weeks, rows, scale: Array.from({ length: 21 }, (_, step) => ({ step, text: String(step * 5) })) };
}

function week() {
  return [
    { weekday: 'Дс', date: '11.01', what: '08:30–17:30', look: 'mine', filled: 8, today: false },
    { weekday: 'Сс', date: '12.01', what: 'Бос', look: '', filled: 5, today: true },
    { weekday: 'Ср', date: '13.01', what: 'Толық', look: 'full', filled: 12, today: false },
    { weekday: 'Бс', date: '14.01', what: 'Болмады', look: 'absent', filled: 9, today: false },
    { weekday: 'Жм', date: '15.01', what: 'Жабық', look: 'closed', filled: 0, today: false },
  ];
}

function month() {
  const looks = ['mine', '', '', 'full', 'closed', 'mine', ''];
  const words: Record<string, [long: string, brief: string]> = {
    mine: ['08:30–17:30', '8:30'],
    full: ['толық', '×'],
    closed: ['жабық', '–'],
    '': ['бос', '○'],
  };
  return Array.from({ length: 5 }, (_, row) =>
    Array.from({ length: 7 }, (__, column) => {
      const day = row * 7 + column - 3;
      const look = column > 4 ? 'closed' : (looks[(day * 3 + row) % 7] ?? '');
      return day < 1 || day > 28
        ? undefined
        : {
            day: String(day),
            look,
            what: words[look]?.[0] ?? '',
            brief: words[look]?.[1] ?? '',
            today: day === 12,
          };
    }),
  );
}

function halves() {
  const free = [4, 3, 2, 1, 1, 1, 1, 2, 2, 1, 0, 0, 1, 1, 3, 3, 4, 6];
  return free.map((count, place) => ({
    at: formatTime(OPENS + place),
    free: String(count),
    look: count === 0 ? 'full' : count === 1 ? 'low' : '',
    chosen: place > 13,
  }));
}

const WRONG: readonly FieldError[] = [
  { field: 'login', key: 'form.invalid_email' },
  { field: 'date', key: 'refusal.past' },
  { field: 'category', key: 'form.choose_one' },
  { field: 'agree', key: 'form.required' },
];

/** Every part of the look in every state, for whoever changes it. Shown in development only. */
function showStyles({ res, services }: Context): void {
  if (!services.development) refuse('missing');
  const model = {
    title: 'Стиль',
    board: board(),
    heat: heat(),
    week: week(),
    month: month(),
    halves: halves(),
    errors: WRONG,
    values: {
      login: 'айару.example.kz',
      date: '2026-11-20',
      from: '16',
      note: '«Қ» әрпімен жазылған <ескерту>',
    },
    times: [16, 17, 18].map((at) => ({ value: String(at), text: formatTime(at) })),
    pages: { previous: '?page=1', next: '?page=3', text: '2 / 9' },
  };
  page(res, 'public/styles', model, { width: 'wide', status: 200 });
}

export const styles = routes('/styles').get('', anyone, showStyles);
