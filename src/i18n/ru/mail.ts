import type { mail as english } from '../en/mail.ts';
import type { Room } from '../message.ts';

export const mail: Room<typeof english> = {
  'mail.subject': 'Kundiz: {subject}',
  'mail.footer': 'Подробности в Kundiz: {link}',
  'message.closure.subject': 'Центр закрыт',
  'message.closure.text': {
    one: '{centre}: закрыто с {startsOn} по {endsOn}. Центр отменил {n} запись. Дети: {children}.',
    few: '{centre}: закрыто с {startsOn} по {endsOn}. Центр отменил {n} записи. Дети: {children}.',
    many: '{centre}: закрыто с {startsOn} по {endsOn}. Центр отменил {n} записей. Дети: {children}.',
    other: '{centre}: закрыто с {startsOn} по {endsOn}. Центр отменил {n} записи. Дети: {children}.',
  },
  'message.closure.sms': '{centre}: закрыто {startsOn}–{endsOn}, отменено записей: {n} ({children}). {link}',
  'message.emergency.subject': 'Центр сегодня закрывается',
  'message.emergency.text': {
    one: '{centre} закрывается {startsOn} с {from} (до {endsOn}). Пожалуйста, заберите ребёнка или не приводите его. Центр отменил {n} запись. Дети: {children}.',
    few: '{centre} закрывается {startsOn} с {from} (до {endsOn}). Пожалуйста, заберите ребёнка или не приводите его. Центр отменил {n} записи. Дети: {children}.',
    many: '{centre} закрывается {startsOn} с {from} (до {endsOn}). Пожалуйста, заберите ребёнка или не приводите его. Центр отменил {n} записей. Дети: {children}.',
    other:
      '{centre} закрывается {startsOn} с {from} (до {endsOn}). Пожалуйста, заберите ребёнка или не приводите его. Центр отменил {n} записи. Дети: {children}.',
  },
  'message.emergency.sms':
    '{centre} закрывается {startsOn} с {from}. Заберите ребёнка ({children}) или не приводите. {link}',
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
    one: 'Изменился рабочий календарь на {date} {name}. Отменена {n} запись: {centre}. Дети: {children}.',
    few: 'Изменился рабочий календарь на {date} {name}. Отменены {n} записи: {centre}. Дети: {children}.',
    many: 'Изменился рабочий календарь на {date} {name}. Отменено {n} записей: {centre}. Дети: {children}.',
    other: 'Изменился рабочий календарь на {date} {name}. Отменены {n} записи: {centre}. Дети: {children}.',
  },
  'message.calendar_change.sms': 'Изменился календарь на {date}, отменено записей: {n} ({children}). {link}',
  'message.code.subject': 'Ваш код',
  'message.code.text': '{code} – ваш код для Kundiz. Действует 10 минут. Мы никогда его не спрашиваем.',
  'message.code.sms': '{code} – код Kundiz. Никому его не говорите. {link}',
  'message.invitation.subject': 'Центр приглашает вас',
  'message.invitation.text':
    '{centre}: заявление принято. Задайте пароль и запишите ребёнка на часы: {link} Ссылка действует один раз, 14 дней.',
  'message.invitation.sms': '{centre}: заявление принято. Задайте пароль: {link}',
  'message.reset.subject': 'Новый пароль',
  'message.reset.text':
    'Задайте новый пароль: {link} Ссылка действует один раз, один час. Если вы её не запрашивали, ничего не делайте.',
  'message.reset.sms': 'Новый пароль: {link}',
  'message.accepted.subject': 'Заявление принято',
  'message.accepted.text': '{centre}: заявление принято. Войдите, чтобы записать ребёнка на часы.',
  'message.accepted.sms': '{centre}: заявление принято, можно записываться. {link}',
};
