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
  'message.calendar_change.subject': 'The calendar has changed',
  'message.calendar_change.text': {
    one: 'The calendar of {date} has changed {name}. Cancelled: {n} booking at {centre}. Children: {children}.',
    other:
      'The calendar of {date} has changed {name}. Cancelled: {n} bookings at {centre}. Children: {children}.',
  },
  'message.calendar_change.sms':
    'The calendar of {date} has changed, {n} bookings cancelled ({children}). {link}',
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
} as const;
