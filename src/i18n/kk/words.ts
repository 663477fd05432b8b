import type { words as english } from '../en/words.ts';
import type { Room } from '../message.ts';

export const words: Room<typeof english> = {
  'language.kk': 'қазақ тілі',
  'language.ru': 'орыс тілі',
  'language.en': 'ағылшын тілі',

  'role.guardian': 'Заңды өкіл',
  'role.centre_staff': 'Орталық қызметкері',
  'role.centre_admin': 'Орталық әкімшісі',
  'role.regional_manager': 'Басқарма маманы',
  'role.system_admin': 'Жүйе әкімшісі',

  'category.child_psychoneurological': 'Психоневрологиялық патологиясы бар балалар',
  'category.child_musculoskeletal': 'Тірек-қимыл аппараты бұзылған балалар',
  'category.adult_psychoneurological': 'Психоневрологиялық ауруы бар ересектер',
  'category.adult_disability': 'I және II топтағы мүгедектігі бар ересектер',
  'category.older_people': 'Қарт адамдар',

  'skill.nurse': 'Орнында медбике',
  'skill.one_to_one': 'Жеке күтім қызметкері',
  'skill.sign_language': 'Ымдау тілі',

  'state.booked': 'Жазылды',
  'state.present': 'Келді',
  'state.attended': 'Қатысты',
  'state.absent': 'Болмады',
  'state.cancelled': 'Жазылудан бас тартылды',
  'state.not_come': 'Келмеді',

  'absence.illness': 'Ауру',
  'absence.family': 'Отбасылық жағдай',
  'absence.medical': 'Емделу немесе тексерілу',
  'absence.excused': 'Дәлелді себеп',
  'absence.unexcused': 'Дәлелді себепсіз',

  'admission.open': 'Санаты мен жасы сәйкес келген кез келген адам жазыла алады',
  'admission.enrolled': 'Тек қабылданған балалар үшін',

  'day.full': 'Толық',
  'day.free': 'Бос',
  'day.closed': 'Жабық',
  'day.past': 'Өтіп кетті',
  'day.held': 'Сақталған',
  'day.full_day': 'Толық күн',
  'day.half_day': 'Жартылай күн',
  'day.places': 'Орын',
  'day.free_of': '{places} орынның {free} бос',

  'count.children': '{n} бала',
  'count.places': '{n} орын',
  'count.free_places': '{n} бос орын',
  'count.groups': '{n} топ',
  'count.centres': '{n} орталық',
  'count.bookings': '{n} жазылу',
  'count.families': '{n} отбасы',
  'count.days': '{n} күн',
  'count.hours': '{n} сағат',
  'count.minutes': '{n} минут',
  'count.rows': '{n} жол',
};
