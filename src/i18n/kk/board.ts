import type { Room } from '../message.ts';
import type { board as english } from '../en/board.ts';

/** What a roster means for a booking, and the board's ways besides the form: history, views, the pointer and the keys. */
export const board: Room<typeof english> = {
  'firm.term': 'Қызметкерлер',
  'firm.awaited': 'кестені күтуде, {date} дейін расталады',
  'firm.late': 'жұмыс кестесін күтуде, кесте кешігіп жатыр',
  'firm.firm': 'расталды: қызметкерлер бекітілді',
  'firm.at_risk': 'әзірге қызметкер жетіспейді',
  'firm.at_risk_text':
    'Бұл сағаттарға әзірге қызметкер жетіспейді. Ештеңе тоқтатылған жоқ: жазылуыңыз сақталады, орталық шешім іздеп жатыр.',
  'firm.near': 'Қызметкері бар ең жақын сағаттар: {hours}.',
  'firm.near_none': 'Бұл күннің басқа сағаттарында қызметкер немесе бос орын жоқ.',
  'firm.near_take': '{hours} уақытына ауыстыру',
  'firm.other_day': 'Басқа күнді немесе уақытты таңдау',
  'firm.mail_near': 'Қызметкері бар ең жақын сағаттар: {hours}.',

  'history.title': 'Өзгерістер тарихы',
  'history.none': 'Бұл кесте туралы ештеңе жазылмаған.',
  'history.when': 'Қашан',
  'history.what': 'Не',
  'history.about': 'Кімнің ауысымы, күні',
  'history.by': 'Кім',
  'history.after': 'жарияланғаннан кейін',
  'history.drafted': 'жоба жасалды',
  'history.published': 'жарияланды; хабарланған отбасы: {told}, қызметкер жетпейтін топ күндері: {short}',
  'history.superseded': 'күндері басқа кестеге өтті',
  'history.edited': 'өзгертілді',
  'history.edit.placed': 'ауысым қосылды',
  'history.edit.changed': 'ауысым өзгертілді',
  'history.edit.deleted': 'ауысым жойылды',
  'history.edit.swapped': 'ауысымдар алмастырылды',
  'history.edit.week_copied': 'апта көшірілді, ауысым: {n}',
  'history.edit.covered': 'ауысымды алмастырушы алды',
  'history.edit.lent': 'басқа топқа берілді',
  'roster.view': 'Көрініс',
  'roster.week': 'Апта',

  'board.ways': 'Тінтуірмен және пернетақтамен',
  'board.way_drag':
    'ауысымды басқа қызметкерге немесе күнге сүйреңіз; Ctrl басылса, көшіріледі; басқа ауысымның үстінде – алмасу',
  'board.way_grip': 'ауысымды ұзарту не қысқарту үшін уақыттың оң жағындағы тұтқаны тартыңыз',
  'board.way_arrows': 'таңдалған ауысымды бір күнге немесе жоғарғы, төменгі қызметкерге ауыстырады',
  'board.way_length': 'соңын жарты сағат кейін немесе ерте етеді',
  'board.way_time': 'ауысымды жарты сағат ерте немесе кейін жылжытады',
  'board.way_swap': 'ауысымды белгілейді; басқа ауысымда – алмасу',
  'board.way_copy': 'көшіретін ауысымды белгілейді; басқа ұяшықта – қояды',
};
