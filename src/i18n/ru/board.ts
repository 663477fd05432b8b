import type { Room } from '../message.ts';
import type { board as english } from '../en/board.ts';

/** What a roster means for a booking, and the board's ways besides the form: history, views, the pointer and the keys. */
export const board: Room<typeof english> = {
  'firm.term': 'Персонал',
  'firm.awaited': 'ждёт графика, решится до {date}',
  'firm.late': 'ожидает графика, он опаздывает',
  'firm.firm': 'подтверждено: сотрудники назначены',
  'firm.at_risk': 'персонала пока не хватает',
  'firm.at_risk_text':
    'На эти часы пока не хватает сотрудников. Ничего не отменено: ваша запись действует, центр ищет решение.',
  'firm.near': 'Ближайшие часы, на которые есть сотрудники: {hours}.',
  'firm.near_none': 'На другие часы этого дня нет сотрудников или свободных мест.',
  'firm.near_take': 'Перенести на {hours}',
  'firm.other_day': 'Выбрать другой день или время',
  'firm.mail_near': 'Ближайшие часы, на которые есть сотрудники: {hours}.',

  'history.title': 'История изменений',
  'history.none': 'Об этом графике ничего не записано.',
  'history.when': 'Когда',
  'history.what': 'Что',
  'history.about': 'Чья смена, день',
  'history.by': 'Кто',
  'history.after': 'после публикации',
  'history.drafted': 'составлен черновик',
  'history.published': 'опубликован; семей извещено: {told}, дней групп с нехваткой: {short}',
  'history.superseded': 'дни перешли к другому графику',
  'history.edited': 'изменён',
  'history.edit.placed': 'смена добавлена',
  'history.edit.changed': 'смена изменена',
  'history.edit.deleted': 'смена удалена',
  'history.edit.swapped': 'обмен сменами',
  'history.edit.week_copied': 'скопирована неделя, смен: {n}',
  'history.edit.covered': 'смену взял заменяющий',
  'history.edit.lent': 'передан в другую группу',
  'roster.view': 'Вид',
  'roster.week': 'Неделя',

  'board.ways': 'Мышью и с клавиатуры',
  'board.way_drag':
    'перетащите смену к другому сотруднику или на другой день; с Ctrl она копируется; на другую смену – обмен',
  'board.way_grip': 'потяните за ручку справа от часов, чтобы удлинить или сократить смену',
  'board.way_arrows': 'переносит выбранную смену на день или к сотруднику выше или ниже',
  'board.way_length': 'конец на полчаса позже или раньше',
  'board.way_time': 'вся смена на полчаса раньше или позже',
  'board.way_swap': 'отмечает смену; на другой смене – обмен',
  'board.way_copy': 'отмечает смену для копии; в другой ячейке – вставляет её',
};
