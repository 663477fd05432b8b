import type { words as english } from '../en/words.ts';
import type { Room } from '../message.ts';

export const words: Room<typeof english> = {
  'language.kk': 'казахский',
  'language.ru': 'русский',
  'language.en': 'английский',

  'role.guardian': 'Законный представитель',
  'role.centre_staff': 'Сотрудник центра',
  'role.centre_admin': 'Администратор центра',
  'role.regional_manager': 'Специалист управления',
  'role.system_admin': 'Администратор системы',

  'category.child_psychoneurological': 'Дети с психоневрологическими патологиями',
  'category.child_musculoskeletal': 'Дети с нарушениями опорно-двигательного аппарата',
  'category.adult_psychoneurological': 'Взрослые с психоневрологическими заболеваниями',
  'category.adult_disability': 'Взрослые с инвалидностью I и II групп',
  'category.older_people': 'Пожилые люди',

  'skill.nurse': 'Медсестра на месте',
  'skill.one_to_one': 'Индивидуальное сопровождение',
  'skill.sign_language': 'Жестовый язык',

  'state.booked': 'Записан',
  'state.present': 'Присутствует',
  'state.attended': 'Посетил',
  'state.absent': 'Отсутствует',
  'state.cancelled': 'Запись отменена',
  'state.not_come': 'Не пришёл',

  'absence.illness': 'Болезнь',
  'absence.family': 'Семейные обстоятельства',
  'absence.medical': 'Лечение или обследование',
  'absence.excused': 'Уважительная причина',
  'absence.unexcused': 'Без уважительной причины',

  'admission.open': 'Записаться может любой подходящий по категории и возрасту',
  'admission.enrolled': 'Только для зачисленных детей',

  'day.full': 'Мест нет',
  'day.free': 'Свободно',
  'day.closed': 'Закрыто',
  'day.past': 'Прошло',
  'day.held': 'Удержано',
  'day.full_day': 'Полный день',
  'day.half_day': 'Неполный день',
  'day.places': 'Мест',
  'day.free_of': 'Свободно {free} из {places}',

  'count.children': { one: '{n} ребёнок', few: '{n} ребёнка', many: '{n} детей', other: '{n} ребёнка' },
  'count.places': { one: '{n} место', few: '{n} места', many: '{n} мест', other: '{n} места' },
  'count.free_places': {
    one: '{n} свободное место',
    few: '{n} свободных места',
    many: '{n} свободных мест',
    other: '{n} свободного места',
  },
  'count.groups': { one: '{n} группа', few: '{n} группы', many: '{n} групп', other: '{n} группы' },
  'count.centres': { one: '{n} центр', few: '{n} центра', many: '{n} центров', other: '{n} центра' },
  'count.bookings': { one: '{n} запись', few: '{n} записи', many: '{n} записей', other: '{n} записи' },
  'count.families': { one: '{n} семья', few: '{n} семьи', many: '{n} семей', other: '{n} семьи' },
  'count.days': { one: '{n} день', few: '{n} дня', many: '{n} дней', other: '{n} дня' },
  'count.hours': { one: '{n} час', few: '{n} часа', many: '{n} часов', other: '{n} часа' },
  'count.minutes': { one: '{n} минута', few: '{n} минуты', many: '{n} минут', other: '{n} минуты' },
  'count.rows': { one: '{n} строка', few: '{n} строки', many: '{n} строк', other: '{n} строки' },
};
