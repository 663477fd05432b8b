/** What mails, SMS and the messages on a page say. */
export const mail = {
  'mail.subject': 'Kundiz: {subject}',
  'mail.footer': 'Open Kundiz to see the details: {link}',
  'message.closure.subject': 'The centre is closed',
  'message.closure.text': {
    one: '{centre} is closed from {startsOn} to {endsOn}. Cancelled by the centre: {n} booking. Children: {children}.',
    other:
      '{centre} is closed from {startsOn} to {endsOn}. Cancelled by the centre: {n} bookings. Children: {children}.',
  },
  'message.closure.sms':
    '{centre} closed {startsOn}–{endsOn}, {n} bookings cancelled ({children}). Details: {link}',
  'message.emergency.subject': 'The centre closes today',
  'message.emergency.text': {
    one: '{centre} closes on {startsOn} from {from}, until {endsOn}. Please collect your child or do not bring it. Cancelled by the centre: {n} booking. Children: {children}.',
    other:
      '{centre} closes on {startsOn} from {from}, until {endsOn}. Please collect your child or do not bring it. Cancelled by the centre: {n} bookings. Children: {children}.',
  },
  'message.emergency.sms':
    '{centre} closes {startsOn} from {from}. Collect your child or do not bring it ({children}). {link}',
  'message.reopened.subject': 'The centre is open again',
  'message.reopened.text': {
    one: '{centre} is open again from {startsOn}. {n} cancelled booking stays cancelled: book again if you need it. Children: {children}.',
    other:
      '{centre} is open again from {startsOn}. {n} cancelled bookings stay cancelled: book again if you need them. Children: {children}.',
  },
  'message.reopened.sms':
    '{centre} is open again from {startsOn}. Book again if you need it ({children}). {link}',
  'message.changed_terms.subject': 'Hours or places change',
  'message.changed_terms.text': {
    one: '{centre}, group {group}: hours or places change from {startsOn}. Cancelled by the centre: {n} booking, {first} to {last}. Children: {children}.',
    other:
      '{centre}, group {group}: hours or places change from {startsOn}. Cancelled by the centre: {n} bookings, {first} to {last}. Children: {children}.',
  },
  'message.changed_terms.sms':
    '{centre}: hours or places change from {startsOn}, {n} bookings cancelled ({children}). {link}',
  'message.group_closed.subject': 'A group ends',
  'message.group_closed.text': {
    one: '{centre}: group {group} works until {endsOn}. Cancelled by the centre: {n} booking, {first} to {last}. Children: {children}.',
    other:
      '{centre}: group {group} works until {endsOn}. Cancelled by the centre: {n} bookings, {first} to {last}. Children: {children}.',
  },
  'message.group_closed.sms':
    '{centre}: the group works until {endsOn}, {n} bookings cancelled ({children}). {link}',
  'message.choice_ends.subject': 'A group you wait for ends',
  'message.choice_ends.text':
    '{centre}: group {group}, which you are waiting for, works until {endsOn}. Children: {children}. Your request stays in the queue with its date; you can choose another group: {link}',
  'message.choice_ends.sms':
    '{centre}: the group you wait for works until {endsOn} ({children}). Choose another: {link}',
  'message.calendar_change.subject': 'The calendar has changed',
  'message.calendar_change.text': {
    one: 'The calendar of {date} has changed {name}. Cancelled: {n} booking at {centre}. Children: {children}.',
    other:
      'The calendar of {date} has changed {name}. Cancelled: {n} bookings at {centre}. Children: {children}.',
  },
  'message.calendar_change.sms':
    'The calendar of {date} has changed, {n} bookings cancelled ({children}). {link}',
  'message.roster_firm.subject': 'Staff are set for your days',
  'message.roster_firm.text':
    '{centre}: staff are on duty for all your booked days from {first} to {last}. These days are firm: {firmDays}. Children: {children}.',
  'message.roster_firm.sms':
    '{centre}: staff are set for {first}–{last}, your days are firm ({children}). {link}',
  'message.roster_at_risk.subject': 'Not enough staff yet on some days',
  'message.roster_at_risk.text':
    '{centre} does not have enough staff yet on: {riskDays}. Nothing is cancelled: your bookings stand, and the centre is looking for a solution.{near} Firm days: {firmDays}. Children: {children}.',
  'message.roster_at_risk.sms':
    '{centre}: too few staff yet on {riskDays} ({children}). Nothing is cancelled. {link}',
  'message.code.subject': 'Your code',
  'message.code.text': '{code} is your code for Kundiz. It works for 10 minutes. Nobody of ours asks for it.',
  'message.code.sms': '{code} is your Kundiz code. Tell it to nobody. {link}',
  'message.invitation.subject': 'The centre invites you',
  'message.invitation.text':
    '{centre} has accepted your application. Choose a password and book hours: {link} The link works once, for 14 days.',
  'message.invitation.sms': '{centre}: accepted. Choose a password: {link}',
  'message.reset.subject': 'New password',
  'message.reset.text':
    'Choose a new password: {link} The link works once, for one hour. If you did not ask for it, do nothing.',
  'message.reset.sms': 'New password: {link}',
  'message.accepted.subject': 'The application is accepted',
  'message.accepted.text': '{centre} has accepted your application. Sign in to book hours.',
  'message.accepted.sms': '{centre}: the application is accepted, hours can be booked. {link}',
  'message.phone_code.subject': 'Your code',
  'message.phone_code.text':
    '{code} confirms this number in Kundiz. It works for 10 minutes. If you did not ask for it, do nothing.',
  'message.phone_code.sms': '{code} confirms your number in Kundiz. Tell it to nobody. {link}',
  'message.phone_changed.subject': 'The phone of your account has changed',
  'message.phone_changed.text':
    'Your account has another phone now. If it was not you, call the centre at once.',
  'message.phone_changed.sms': 'Kundiz: your account has another phone now. Not you? Call the centre. {link}',
  'message.invitation_registered.subject': 'The centre invites you',
  'message.invitation_registered.text':
    '{centre} has registered your child ({children}). Choose a password and book hours: {link} The link works once, for 14 days.',
  'message.invitation_registered.sms': '{centre}: child {children} is registered. Password: {link}',
  'message.invitation_rights.subject': 'You have been given rights over a child',
  'message.invitation_rights.text':
    'You have been given rights over a child ({children}) in Kundiz. Choose a password: {link} The link works once, for 14 days. If you do not know this child, do nothing.',
  'message.invitation_rights.sms': 'Kundiz, child {children}: choose a password: {link}',
  'message.rights_given.subject': 'Somebody has been given rights over the child',
  'message.rights_given.text':
    'Child {children}: {who} may now {rights}, {period}. If this is a mistake, change it in Kundiz or call the centre.',
  'message.rights_given.sms': 'Child {children}: {who} has been given rights. Look at them: {link}',
  'message.rights_changed.subject': 'Rights over the child last until another day',
  'message.rights_changed.text':
    'Child {children}: {who} may {rights}, now {period}. If this is a mistake, change it in Kundiz or call the centre.',
  'message.rights_changed.sms': 'Child {children}: the dates of {who} have changed. Look at them: {link}',
  'message.rights_withdrawn.subject': 'Rights over the child have ended',
  'message.rights_withdrawn.text':
    'Child {children}: {who} may no longer {rights}. If this is a mistake, call the centre.',
  'message.rights_withdrawn.sms': 'Child {children}: rights of {who} have ended. Look at them: {link}',
  'message.offer.subject': 'A place is offered to you',
  'message.offer.text':
    '{centre} offers a place from {first}. Children: {children}. Answer by {lastDay}, end of day: {link} Until then the place is kept for you.',
  'message.offer.sms':
    '{centre}: a place from {first} ({children}). By {lastDay} answer {code} YES or {code} NO. {link}',
  'message.offer.sms_plain': '{centre}: a place from {first} ({children}). Answer by {lastDay}: {link}',
  'message.offer_reminder.subject': 'An offer waits for your answer',
  'message.offer_reminder.text':
    '{centre} offers a place from {first}. Children: {children}. Answer by {lastDay}, end of day: {link}',
  'message.offer_reminder.sms':
    '{centre} waits ({children}): by {lastDay} answer {code} YES or {code} NO. {link}',
  'message.offer_reminder.sms_plain': '{centre} waits for your answer by {lastDay} ({children}): {link}',
  'message.offer_accepted.subject': 'The place is yours',
  'message.offer_accepted.text':
    'The place at {centre} from {first} is yours. Children: {children}. See the days: {link}',
  'message.offer_accepted.sms': '{centre}: the place from {first} is yours ({children}). {link}',
  'message.offer_expired.subject': 'An offer has expired',
  'message.offer_expired.text':
    'Nobody answered the offer of {centre} by {lastDay}, so the place goes to the next family. Children: {children}. Within 28 days you can restore the request once: {link}',
  'message.offer_expired.sms':
    '{centre}: the offer expired on {lastDay} ({children}). Restore the request: {link}',
  'message.offer_withdrawn.subject': 'An offer has been taken back',
  'message.offer_withdrawn.text':
    '{centre} has taken its offer back. Children: {children}. Your place in the queue is kept: {link}',
  'message.offer_withdrawn.sms':
    '{centre} took its offer back ({children}), your queue place is kept. {link}',
  'message.offer_told.subject': 'A place is offered to the family',
  'message.offer_told.text':
    '{centre} offers a place from {first}. Children: {children}. The family answers by {lastDay}, end of day.',
  'message.offer_told.sms':
    '{centre} offers a place from {first} ({children}). The family answers by {lastDay}. {link}',
  'message.offer_told_accepted.subject': 'The family has the place',
  'message.offer_told_accepted.text':
    'The place at {centre} from {first} is the family’s. Children: {children}.',
  'message.offer_told_accepted.sms': '{centre}: the place from {first} is the family’s ({children}). {link}',
  'message.offer_told_over.subject': 'An offer is over',
  'message.offer_told_over.text':
    'The offer of {centre} holds no longer: nobody answered in time, or the centre took it back. Children: {children}.',
  'message.offer_told_over.sms': '{centre}: the offer holds no longer ({children}). {link}',
  'message.discharged.subject': 'The child has been discharged',
  'message.discharged.text':
    '{centre} has ended the enrolment; the last day is {lastDay}. Children: {children}. Later bookings are cancelled. If this is a mistake, call the centre.',
  'message.discharged.sms': '{centre}: the enrolment ends on {lastDay} ({children}). {link}',
} as const;
