/** The import file of docs/api.md, every section in it; dates are around the World's own instant. */
export function sampleFile() {
  const open = ['08:00', '18:30'];
  const hours = { mon: open, tue: open, wed: open, thu: open, fri: open };
  return {
    centres: [
      {
        ref: 'c1',
        name: { ru: 'Центр «Шуак»', kk: '«Шуақ» орталығы' },
        region: '75',
        district: 'Алатауский район',
        address: 'ул. Мысал, 1',
        lat: 43.24,
        lon: 76.91,
        hours,
        groups: [
          {
            ref: 'g1',
            name: 'Балапан',
            category: 'child_psychoneurological',
            places: 2,
            fromAgeMonths: 18,
            toAgeMonths: 216,
          },
          {
            ref: 'g2',
            name: 'Самал',
            category: 'child_musculoskeletal',
            places: 10,
            fromAgeMonths: 18,
            toAgeMonths: 216,
            hours: { mon: ['08:00', '13:00'], wed: ['08:00', '13:00'] },
          },
        ],
      },
    ],
    guardians: [
      {
        ref: 'u1',
        name: 'Үлгі Айгүл',
        login: 'A@Example.kz',
        phone: '8 (701) 000-00-00',
        password: 'first password',
        language: 'kk',
        work: { pattern: { mon: ['09:00', '18:00'] }, commuteMinutes: 30 },
      },
      { ref: 'u2', name: 'Үлгі Ерлан', phone: '+77010000002' },
    ],
    children: [
      {
        ref: 'k1',
        name: 'Үлгі Аян',
        iin: '180515599919',
        birthDate: '2018-05-15',
        category: 'child_psychoneurological',
        supportWeight: 1,
        skillsNeeded: ['nurse'],
        guardians: ['u1', { ref: 'u2', may: ['see', 'collect'] }],
        priority: 0,
      },
      {
        ref: 'k2',
        name: 'Үлгі Дана',
        birthDate: '2019-01-20',
        category: 'child_psychoneurological',
        guardians: ['u1'],
      },
      {
        ref: 'k3',
        name: 'Мысал Санжар',
        iin: '150831699928',
        birthDate: '2015-08-31',
        category: 'child_musculoskeletal',
        supportWeight: 1.5,
      },
    ],
    staff: [
      {
        ref: 's1',
        centre: 'c1',
        name: 'Мысал Гүлнар',
        post: 'specialist',
        weeklyMinutes: 2400,
        skills: ['sign_language'],
        availability: { mon: ['07:30', '19:00'] },
        leave: [['2027-03-01', '2027-03-14']],
      },
    ],
    users: [
      {
        ref: 'a1',
        name: 'Мысал Бақыт',
        login: 'admin@example.kz',
        password: 'pw',
        role: 'centre_admin',
        scope: 'c1',
      },
      {
        ref: 'a2',
        name: 'Мысал Сәуле',
        login: '87010000003',
        password: 'pw',
        role: 'regional_manager',
        scope: '75',
      },
    ],
    bookings: [
      { child: 'k1', group: 'g1', date: '2026-12-21', from: '08:30', to: '17:30' },
      { child: 'k1', group: 'g1', date: '2027-02-09', from: '08:30', to: '17:30' },
      { child: 'k2', group: 'g1', date: '2027-02-09', from: '08:30', to: '17:30' },
      { child: 'k3', group: 'g2', date: '2027-02-10', from: '08:00', to: '12:30' },
    ],
    waitingList: [
      {
        child: 'k2',
        choices: ['g1'],
        pattern: { mon: ['08:30', '17:30'] },
        startsOn: '2027-03-01',
        registeredAt: '2026-09-01T04:00:00Z',
      },
    ],
  };
}

export type SampleFile = ReturnType<typeof sampleFile>;
