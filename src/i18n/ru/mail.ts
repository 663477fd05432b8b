import type { mail as english } from '../en/mail.ts';
import type { Room } from '../message.ts';

export const mail: Room<typeof english> = {
  'mail.subject': 'Kundiz: {subject}',
  'mail.footer': 'Подробности в Kundiz: {link}',
  'message.closure.subject': 'Центр закрыт',
  'message.closure.text': {
    one: '{centre}: закрыто с {first} по {last}. Центр отменил {n} запись. Дети: {children}.',
    few: '{centre}: закрыто с {first} по {last}. Центр отменил {n} записи. Дети: {children}.',
    many: '{centre}: закрыто с {first} по {last}. Центр отменил {n} записей. Дети: {children}.',
    other: '{centre}: закрыто с {first} по {last}. Центр отменил {n} записи. Дети: {children}.',
  },
  'message.closure.sms': '{centre}: закрыто {first}–{last}, отменено записей: {n} ({children}). {link}',
  'message.emergency.subject': 'Центр сегодня закрывается',
  'message.emergency.text': {
    one: '{centre} закрывается {first} с {from} (до {last}). Пожалуйста, заберите ребёнка или не приводите его. Центр отменил {n} запись. Дети: {children}.',
    few: '{centre} закрывается {first} с {from} (до {last}). Пожалуйста, заберите ребёнка или не приводите его. Центр отменил {n} записи. Дети: {children}.',
    many: '{centre} закрывается {first} с {from} (до {last}). Пожалуйста, заберите ребёнка или не приводите его. Центр отменил {n} записей. Дети: {children}.',
    other:
      '{centre} закрывается {first} с {from} (до {last}). Пожалуйста, заберите ребёнка или не приводите его. Центр отменил {n} записи. Дети: {children}.',
  },
  'message.emergency.sms':
    '{centre} закрывается {first} с {from}. Заберите ребёнка ({children}) или не приводите. {link}',
  'message.reopened.subject': 'Центр снова открыт',
  'message.reopened.text': {
    one: '{centre} снова работает с {startsOn}. {n} запись осталась отменённой: запишитесь снова, если нужно. Дети: {children}.',
    few: '{centre} снова работает с {startsOn}. {n} записи остались отменёнными: запишитесь снова, если нужно. Дети: {children}.',
    many: '{centre} снова работает с {startsOn}. {n} записей остались отменёнными: запишитесь снова, если нужно. Дети: {children}.',
    other:
      '{centre} снова работает с {startsOn}. {n} записи остались отменёнными: запишитесь снова, если нужно. Дети: {children}.',
  },
  'message.reopened.sms': '{centre} снова работает с {startsOn}. Запишитесь снова ({children}). {link}',
  'message.changed_terms.subject': 'Меняются часы или места',
  'message.changed_terms.text': {
    one: '{centre}, группа {group}: с {startsOn} меняются часы или места. Центр отменил {n} запись ({first}–{last}). Дети: {children}.',
    few: '{centre}, группа {group}: с {startsOn} меняются часы или места. Центр отменил {n} записи ({first}–{last}). Дети: {children}.',
    many: '{centre}, группа {group}: с {startsOn} меняются часы или места. Центр отменил {n} записей ({first}–{last}). Дети: {children}.',
    other:
      '{centre}, группа {group}: с {startsOn} меняются часы или места. Центр отменил {n} записи ({first}–{last}). Дети: {children}.',
  },
  'message.changed_terms.sms':
    '{centre}: с {startsOn} меняются часы, отменено записей: {n} ({children}). {link}',
  'message.group_closed.subject': 'Группа закрывается',
  'message.group_closed.text': {
    one: '{centre}: группа {group} работает до {endsOn}. Центр отменил {n} запись ({first}–{last}). Дети: {children}.',
    few: '{centre}: группа {group} работает до {endsOn}. Центр отменил {n} записи ({first}–{last}). Дети: {children}.',
    many: '{centre}: группа {group} работает до {endsOn}. Центр отменил {n} записей ({first}–{last}). Дети: {children}.',
    other:
      '{centre}: группа {group} работает до {endsOn}. Центр отменил {n} записи ({first}–{last}). Дети: {children}.',
  },
  'message.group_closed.sms':
    '{centre}: группа работает до {endsOn}, отменено записей: {n} ({children}). {link}',
  'message.calendar_change.subject': 'Изменился календарь',
  'message.calendar_change.text': {
    one: '{first} стал выходным днём ({name}). Отменена {n} запись: {centre}. Дети: {children}.',
    few: '{first} стал выходным днём ({name}). Отменены {n} записи: {centre}. Дети: {children}.',
    many: '{first} стал выходным днём ({name}). Отменено {n} записей: {centre}. Дети: {children}.',
    other: '{first} стал выходным днём ({name}). Отменены {n} записи: {centre}. Дети: {children}.',
  },
  'message.calendar_change.sms': '{first} стал выходным, отменено записей: {n} ({children}). {link}',
};
