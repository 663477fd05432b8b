/** What a family fills in; every test changes what it is about. */
export const FILLED = {
  childName: 'Айару Сериккызы',
  birthDate: '2018-05-15',
  iin: '180515599919',
  category: 'child_psychoneurological',
  need: 'Сабақтар, дәрі беру',
  weekdays: ['mon', 'wed'],
  from: '08:30',
  to: '17:30',
  startsOn: '2027-03-01',
  rehabilitationNumber: 'АБ-12',
  rehabilitationExpiresOn: '2028-01-01',
  guardianName: 'Серік Оспанов',
  phone: '8 701 000 00 01',
  email: '',
  consent: 'yes',
};
