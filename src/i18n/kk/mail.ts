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
  'message.choice_ends.subject': 'Сіз күткен топ жабылады',
  'message.choice_ends.text':
    '{centre}: сіз күтіп жүрген {group} тобы {endsOn} күніне дейін жұмыс істейді. Балалар: {children}. Өтініміңіз бұрынғы күнімен кезекте қалады, басқа топ таңдай аласыз: {link}',
  'message.choice_ends.sms': '{centre}: сіз күткен топ {endsOn} дейін жұмыс істейді ({children}). {link}',
  'message.calendar_change.subject': 'Күнтізбе өзгерді',
  'message.calendar_change.text': {
    one: '{date} күнінің күнтізбесі өзгерді {name}. {n} жазылу тоқтатылды: {centre}. Балалар: {children}.',
    other: '{date} күнінің күнтізбесі өзгерді {name}. {n} жазылу тоқтатылды: {centre}. Балалар: {children}.',
  },
  'message.calendar_change.sms': '{date} күнтізбесі өзгерді, {n} жазылу тоқтатылды ({children}). {link}',
  'message.roster_firm.subject': 'Сіздің күндеріңізге қызметкерлер бекітілді',
  'message.roster_firm.text':
    '{centre}: {first} – {last} аралығындағы барлық жазылуыңызға қызметкерлер бекітілді. Расталған күндер: {firmDays}. Балалар: {children}.',
  'message.roster_firm.sms':
    '{centre}: {first}–{last} қызметкерлер бекітілді, күндеріңіз расталды ({children}). {link}',
  'message.roster_at_risk.subject': 'Кейбір күндерге әзірге қызметкер жетіспейді',
  'message.roster_at_risk.text':
    '{centre}: мына күндерге әзірге қызметкер жетіспейді: {riskDays}. Ештеңе тоқтатылған жоқ: жазылуыңыз сақталады, орталық шешім іздеп жатыр.{near} Расталған күндер: {firmDays}. Балалар: {children}.',
  'message.roster_at_risk.sms':
    '{centre}: {riskDays} әзірге қызметкер аз ({children}). Жазылу сақталады. {link}',
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
  'message.phone_code.subject': 'Сіздің кодыңыз',
  'message.phone_code.text':
    '{code} – Kundiz жүйесінде осы нөмірді растау коды. 10 минут жарамды. Сіз сұрамаған болсаңыз, ештеңе істемеңіз.',
  'message.phone_code.sms': '{code} – Kundiz нөмірді растау коды. Ешкімге айтпаңыз. {link}',
  'message.phone_changed.subject': 'Есептік жазбаңыздың телефоны өзгерді',
  'message.phone_changed.text':
    'Есептік жазбаңызда енді басқа телефон тұр. Мұны Сіз жасамаған болсаңыз, бірден орталыққа қоңырау шалыңыз.',
  'message.phone_changed.sms':
    'Kundiz: есептік жазба телефоны өзгерді. Сіз емес пе? Орталыққа хабарласыңыз. {link}',
  'message.invitation_registered.subject': 'Орталық Сізді шақырады',
  'message.invitation_registered.text':
    '{centre}: балаңыз ({children}) тіркелді. Құпиясөз қойып, оны сағаттарға жазыңыз: {link} Сілтеме бір рет, 14 күн жарамды.',
  'message.invitation_registered.sms': '{centre}: {children} тіркелді. Құпиясөз қойыңыз: {link}',
  'message.invitation_rights.subject': 'Сізге бала бойынша құқық берілді',
  'message.invitation_rights.text':
    'Сізге Kundiz жүйесінде бала ({children}) бойынша құқық берілді. Құпиясөз қойыңыз: {link} Сілтеме бір рет, 14 күн жарамды. Бұл баланы білмесеңіз, ештеңе істемеңіз.',
  'message.invitation_rights.sms': 'Kundiz, бала {children}: құпиясөз қойыңыз: {link}',
  'message.rights_given.subject': 'Бала бойынша құқық берілді',
  'message.rights_given.text':
    'Бала {children}: {who} – жаңа құқықтар: {rights}; {period}. Қате болса, Kundiz жүйесінде түзетіңіз немесе орталыққа қоңырау шалыңыз.',
  'message.rights_given.sms': 'Бала {children}: {who} – жаңа құқықтар. Тексеріңіз: {link}',
  'message.rights_changed.subject': 'Бала бойынша құқық мерзімі өзгерді',
  'message.rights_changed.text':
    'Бала {children}: {who} – мерзімі өзгерді: {rights}; енді {period}. Қате болса, Kundiz жүйесінде түзетіңіз немесе орталыққа қоңырау шалыңыз.',
  'message.rights_changed.sms': 'Бала {children}: {who} – құқық мерзімі өзгерді. Тексеріңіз: {link}',
  'message.rights_withdrawn.subject': 'Бала бойынша құқық қайтарып алынды',
  'message.rights_withdrawn.text':
    'Бала {children}: {who} – қайтарып алынған құқықтар: {rights}. Қате болса, орталыққа қоңырау шалыңыз.',
  'message.rights_withdrawn.sms': 'Бала {children}: {who} – құқық тоқтады. Тексеріңіз: {link}',
  'message.offer.subject': 'Сізге орын ұсынылды',
  'message.offer.text':
    '{centre} {first} күнінен бастап орын ұсынады. Балалар: {children}. {lastDay} күннің соңына дейін жауап беріңіз: {link} Оған дейін орын сізге сақталады.',
  'message.offer.sms':
    '{centre}: {first} бастап орын ({children}). {lastDay} дейін жауап: {code} ИӘ не {code} ЖОҚ. {link}',
  'message.offer.sms_plain': '{centre}: {first} бастап орын ({children}). Жауап {lastDay} дейін: {link}',
  'message.offer_reminder.subject': 'Ұсыныс жауабыңызды күтіп тұр',
  'message.offer_reminder.text':
    '{centre} {first} күнінен бастап орын ұсынады. Балалар: {children}. {lastDay} күннің соңына дейін жауап беріңіз: {link}',
  'message.offer_reminder.sms':
    '{centre} күтеді ({children}): {lastDay} дейін {code} ИӘ не {code} ЖОҚ деп жауап беріңіз. {link}',
  'message.offer_reminder.sms_plain': '{centre} {lastDay} дейін жауап күтеді ({children}): {link}',
  'message.offer_accepted.subject': 'Орын сіздікі',
  'message.offer_accepted.text':
    '{centre} орталығындағы {first} күнінен басталатын орын сіздікі. Балалар: {children}. Күндері: {link}',
  'message.offer_accepted.sms': '{centre}: {first} бастап орын сіздікі ({children}). {link}',
  'message.offer_expired.subject': 'Ұсыныс мерзімі өтті',
  'message.offer_expired.text':
    '{centre} ұсынысына {lastDay} дейін жауап берілмеді, орын келесі отбасыға өтеді. Балалар: {children}. 28 күн ішінде өтінімді бір рет қалпына келтіруге болады: {link}',
  'message.offer_expired.sms': '{centre}: мерзім {lastDay} өтті ({children}). Қалпына келтіру: {link}',
  'message.offer_withdrawn.subject': 'Ұсыныс қайтарып алынды',
  'message.offer_withdrawn.text':
    '{centre} ұсынысын қайтарып алды. Балалар: {children}. Кезектегі орныңыз сақталды: {link}',
  'message.offer_withdrawn.sms': '{centre}: ұсыныс қайтарылды ({children}), кезек сақталды. {link}',
  'message.offer_told.subject': 'Отбасыға орын ұсынылды',
  'message.offer_told.text':
    '{centre} {first} күнінен бастап орын ұсынады. Балалар: {children}. Отбасы {lastDay} күннің соңына дейін жауап береді.',
  'message.offer_told.sms':
    '{centre}: {first} бастап орын ({children}). Отбасы {lastDay} дейін жауап береді. {link}',
  'message.offer_told_accepted.subject': 'Отбасы орын алды',
  'message.offer_told_accepted.text':
    '{centre} орталығындағы {first} күнінен басталатын орын отбасына бекітілді. Балалар: {children}.',
  'message.offer_told_accepted.sms': '{centre}: {first} бастап орын отбасына бекітілді ({children}). {link}',
  'message.offer_told_over.subject': 'Ұсыныс енді күшінде емес',
  'message.offer_told_over.text':
    '{centre} ұсынысы енді күшінде емес: уақытында жауап берілмеді немесе орталық қайтарып алды. Балалар: {children}.',
  'message.offer_told_over.sms': '{centre}: ұсыныс енді күшінде емес ({children}). {link}',
  'message.discharged.subject': 'Бала шығарылды',
  'message.discharged.text':
    '{centre}: қабылдау тоқтатылды, соңғы күні {lastDay}. Балалар: {children}. Кейінгі жазылулар тоқтатылды. Қате болса, орталыққа қоңырау шалыңыз.',
  'message.discharged.sms': '{centre}: қабылдау тоқтатылды, соңғы күні {lastDay} ({children}). {link}',
};
