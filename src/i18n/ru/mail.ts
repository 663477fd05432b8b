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
  'message.choice_ends.subject': 'Группа, которую вы ждёте, закрывается',
  'message.choice_ends.text':
    '{centre}: группа {group}, которую вы ждёте, работает до {endsOn}. Дети: {children}. Ваша заявка остаётся в очереди с прежней датой, можно выбрать другую группу: {link}',
  'message.choice_ends.sms': '{centre}: группа, которую вы ждёте, работает до {endsOn} ({children}). {link}',
  'message.calendar_change.subject': 'Изменился календарь',
  'message.calendar_change.text': {
    one: 'Изменился рабочий календарь на {date} {name}. Отменена {n} запись: {centre}. Дети: {children}.',
    few: 'Изменился рабочий календарь на {date} {name}. Отменены {n} записи: {centre}. Дети: {children}.',
    many: 'Изменился рабочий календарь на {date} {name}. Отменено {n} записей: {centre}. Дети: {children}.',
    other: 'Изменился рабочий календарь на {date} {name}. Отменены {n} записи: {centre}. Дети: {children}.',
  },
  'message.calendar_change.sms': 'Изменился календарь на {date}, отменено записей: {n} ({children}). {link}',
  'message.roster_firm.subject': 'Персонал на ваши дни назначен',
  'message.roster_firm.text':
    '{centre}: на все ваши записи с {first} по {last} назначены сотрудники. Эти дни подтверждены: {firmDays}. Дети: {children}.',
  'message.roster_firm.sms':
    '{centre}: персонал на {first}–{last} назначен, ваши дни подтверждены ({children}). {link}',
  'message.roster_at_risk.subject': 'На некоторые дни пока не хватает персонала',
  'message.roster_at_risk.text':
    '{centre}: пока не хватает сотрудников на {riskDays}. Ничего не отменено: ваши записи остаются, центр ищет решение.{near} Подтверждённые дни: {firmDays}. Дети: {children}.',
  'message.roster_at_risk.sms':
    '{centre}: пока мало персонала на {riskDays} ({children}). Записи остаются. {link}',
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
  'message.phone_code.subject': 'Ваш код',
  'message.phone_code.text':
    '{code} – код, чтобы подтвердить этот номер в Kundiz. Действует 10 минут. Если вы его не запрашивали, ничего не делайте.',
  'message.phone_code.sms': '{code} – подтверждение номера в Kundiz. Никому его не говорите. {link}',
  'message.phone_changed.subject': 'Телефон вашей учётной записи изменён',
  'message.phone_changed.text':
    'В вашей учётной записи теперь другой телефон. Если это сделали не вы, сразу позвоните в центр.',
  'message.phone_changed.sms':
    'Kundiz: телефон учётной записи изменён. Если не вами – позвоните в центр. {link}',
  'message.invitation_registered.subject': 'Центр приглашает вас',
  'message.invitation_registered.text':
    '{centre}: ваш ребёнок ({children}) на учёте. Задайте пароль и запишите его на часы: {link} Ссылка действует один раз, 14 дней.',
  'message.invitation_registered.sms': '{centre}: {children} на учёте. Задайте пароль: {link}',
  'message.invitation_rights.subject': 'Вам дали права по ребёнку',
  'message.invitation_rights.text':
    'Вам дали права по ребёнку ({children}) в Kundiz. Задайте пароль: {link} Ссылка действует один раз, 14 дней. Если вы не знаете этого ребёнка, ничего не делайте.',
  'message.invitation_rights.sms': 'Kundiz, ребёнок {children}: задайте пароль: {link}',
  'message.rights_given.subject': 'По ребёнку даны права',
  'message.rights_given.text':
    'Ребёнок {children}: {who} – новые права: {rights}; {period}. Если это ошибка, исправьте её в Kundiz или позвоните в центр.',
  'message.rights_given.sms': 'Ребёнок {children}: {who} – новые права. Проверьте: {link}',
  'message.rights_changed.subject': 'Изменён срок прав по ребёнку',
  'message.rights_changed.text':
    'Ребёнок {children}: {who} – изменён срок: {rights}; теперь {period}. Если это ошибка, исправьте её в Kundiz или позвоните в центр.',
  'message.rights_changed.sms': 'Ребёнок {children}: {who} – изменён срок прав. Проверьте: {link}',
  'message.rights_withdrawn.subject': 'Права по ребёнку отозваны',
  'message.rights_withdrawn.text':
    'Ребёнок {children}: {who} – отозваны права: {rights}. Если это ошибка, позвоните в центр.',
  'message.rights_withdrawn.sms': 'Ребёнок {children}: {who} – права отозваны. Проверьте: {link}',
  'message.offer.subject': 'Вам предложено место',
  'message.offer.text':
    '{centre} предлагает место с {first}. Дети: {children}. Ответьте до конца дня {lastDay}: {link} До этого место сохраняется за вами.',
  'message.offer.sms':
    '{centre}: место с {first} ({children}). До {lastDay} ответьте {code} ДА или {code} НЕТ. {link}',
  'message.offer.sms_plain': '{centre}: место с {first} ({children}). Ответ до {lastDay}: {link}',
  'message.offer_reminder.subject': 'Предложение ждёт вашего ответа',
  'message.offer_reminder.text':
    '{centre} предлагает место с {first}. Дети: {children}. Ответьте до конца дня {lastDay}: {link}',
  'message.offer_reminder.sms':
    '{centre} ждёт ({children}): до {lastDay} ответьте {code} ДА или {code} НЕТ. {link}',
  'message.offer_reminder.sms_plain': '{centre} ждёт ответа до {lastDay} ({children}): {link}',
  'message.offer_accepted.subject': 'Место ваше',
  'message.offer_accepted.text':
    'Место в {centre} с {first} закреплено за вами. Дети: {children}. Дни: {link}',
  'message.offer_accepted.sms': '{centre}: место с {first} ваше ({children}). {link}',
  'message.offer_expired.subject': 'Срок предложения истёк',
  'message.offer_expired.text':
    'На предложение {centre} не ответили до {lastDay}, место перейдёт следующей семье. Дети: {children}. В течение 28 дней заявку можно один раз восстановить: {link}',
  'message.offer_expired.sms': '{centre}: срок истёк {lastDay} ({children}). Восстановить: {link}',
  'message.offer_withdrawn.subject': 'Предложение отозвано',
  'message.offer_withdrawn.text':
    '{centre} отозвал предложение. Дети: {children}. Ваше место в очереди сохранено: {link}',
  'message.offer_withdrawn.sms': '{centre}: предложение отозвано ({children}), очередь сохранена. {link}',
  'message.offer_told.subject': 'Семье предложено место',
  'message.offer_told.text':
    '{centre} предлагает место с {first}. Дети: {children}. Семья отвечает до конца дня {lastDay}.',
  'message.offer_told.sms': '{centre}: место с {first} ({children}). Семья отвечает до {lastDay}. {link}',
  'message.offer_told_accepted.subject': 'Семья получила место',
  'message.offer_told_accepted.text': 'Место в {centre} с {first} закреплено за семьёй. Дети: {children}.',
  'message.offer_told_accepted.sms': '{centre}: место с {first} закреплено за семьёй ({children}). {link}',
  'message.offer_told_over.subject': 'Предложение больше не действует',
  'message.offer_told_over.text':
    'Предложение {centre} больше не действует: на него не ответили вовремя или центр его отозвал. Дети: {children}.',
  'message.offer_told_over.sms': '{centre}: предложение больше не действует ({children}). {link}',
  'message.discharged.subject': 'Ребёнок отчислен',
  'message.discharged.text':
    '{centre}: зачисление прекращено, последний день {lastDay}. Дети: {children}. Более поздние записи отменены. Если это ошибка, позвоните в центр.',
  'message.discharged.sms': '{centre}: зачисление прекращено, последний день {lastDay} ({children}). {link}',
};
