import type { mail as english } from '../en/mail.ts';
import type { Room } from '../message.ts';

export const mail: Room<typeof english> = {
  'mail.subject': 'Kundiz: {subject}',
  'mail.footer': 'Толығырақ Kundiz-де: {link}',
  'message.closure.subject': 'Орталық жабық',
  'message.closure.text': {
    one: '{centre}: {startsOn} – {endsOn} аралығында жабық. Орталық {n} жазылуды тоқтатты. Балалар: {children}.',
    other:
      '{centre}: {startsOn} – {endsOn} аралығында жабық. Орталық {n} жазылуды тоқтатты. Балалар: {children}.',
  },
  'message.closure.sms': '{centre}: {startsOn}–{endsOn} жабық, {n} жазылу тоқтатылды ({children}). {link}',
  'message.emergency.subject': 'Орталық бүгін жабылады',
  'message.emergency.text': {
    one: '{centre} {startsOn} күні сағат {from} бастап жабылады ({endsOn} дейін). Баланы алып кетіңіз немесе әкелмеңіз. Орталық {n} жазылуды тоқтатты. Балалар: {children}.',
    other:
      '{centre} {startsOn} күні сағат {from} бастап жабылады ({endsOn} дейін). Баланы алып кетіңіз немесе әкелмеңіз. Орталық {n} жазылуды тоқтатты. Балалар: {children}.',
  },
  'message.emergency.sms':
    '{centre} {startsOn} {from} бастап жабылады. Баланы ({children}) алып кетіңіз немесе әкелмеңіз. {link}',
  'message.reopened.subject': 'Орталық қайта ашылды',
  'message.reopened.text': {
    one: '{centre} {startsOn} бастап қайта жұмыс істейді. {n} жазылу тоқтатылған күйінде қалды: қажет болса, қайта жазылыңыз. Балалар: {children}.',
    other:
      '{centre} {startsOn} бастап қайта жұмыс істейді. {n} жазылу тоқтатылған күйінде қалды: қажет болса, қайта жазылыңыз. Балалар: {children}.',
  },
  'message.reopened.sms':
    '{centre} {startsOn} бастап қайта ашық. Қажет болса, қайта жазылыңыз ({children}). {link}',
  'message.changed_terms.subject': 'Жұмыс уақыты немесе орын саны өзгереді',
  'message.changed_terms.text': {
    one: '{centre}, {group} тобы: {startsOn} бастап жұмыс уақыты немесе орын саны өзгереді. Орталық {n} жазылуды тоқтатты ({first} – {last}). Балалар: {children}.',
    other:
      '{centre}, {group} тобы: {startsOn} бастап жұмыс уақыты немесе орын саны өзгереді. Орталық {n} жазылуды тоқтатты ({first} – {last}). Балалар: {children}.',
  },
  'message.changed_terms.sms':
    '{centre}: {startsOn} бастап уақыт өзгереді, {n} жазылу тоқтатылды ({children}). {link}',
  'message.group_closed.subject': 'Топ жабылады',
  'message.group_closed.text': {
    one: '{centre}: {group} тобы {endsOn} дейін жұмыс істейді. Орталық {n} жазылуды тоқтатты ({first} – {last}). Балалар: {children}.',
    other:
      '{centre}: {group} тобы {endsOn} дейін жұмыс істейді. Орталық {n} жазылуды тоқтатты ({first} – {last}). Балалар: {children}.',
  },
  'message.group_closed.sms':
    '{centre}: топ {endsOn} дейін жұмыс істейді, {n} жазылу тоқтатылды ({children}). {link}',
  'message.calendar_change.subject': 'Күнтізбе өзгерді',
  'message.calendar_change.text': {
    one: '{date} күнінің күнтізбесі өзгерді {name}. {n} жазылу тоқтатылды: {centre}. Балалар: {children}.',
    other: '{date} күнінің күнтізбесі өзгерді {name}. {n} жазылу тоқтатылды: {centre}. Балалар: {children}.',
  },
  'message.calendar_change.sms': '{date} күнтізбесі өзгерді, {n} жазылу тоқтатылды ({children}). {link}',
  'message.code.subject': 'Сіздің кодыңыз',
  'message.code.text': '{code} – Kundiz жүйесіне кіру коды. 10 минут жарамды. Біз оны ешқашан сұрамаймыз.',
  'message.code.sms': '{code} – Kundiz коды. Оны ешкімге айтпаңыз. {link}',
  'message.invitation.subject': 'Орталық Сізді шақырады',
  'message.invitation.text':
    '{centre}: өтінішіңіз қабылданды. Құпиясөз қойып, баланы сағаттарға жазыңыз: {link} Сілтеме бір рет, 14 күн жарамды.',
  'message.invitation.sms': '{centre}: өтініш қабылданды. Құпиясөз қойыңыз: {link}',
  'message.reset.subject': 'Жаңа құпиясөз',
  'message.reset.text':
    'Жаңа құпиясөз қойыңыз: {link} Сілтеме бір рет, бір сағат жарамды. Сіз сұрамаған болсаңыз, ештеңе істемеңіз.',
  'message.reset.sms': 'Жаңа құпиясөз: {link}',
  'message.accepted.subject': 'Өтініш қабылданды',
  'message.accepted.text': '{centre}: өтінішіңіз қабылданды. Баланы сағаттарға жазу үшін жүйеге кіріңіз.',
  'message.accepted.sms': '{centre}: өтініш қабылданды, жазылуға болады. {link}',
};
