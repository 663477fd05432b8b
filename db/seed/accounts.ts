import type { Phone } from '../../src/domain/phone.ts';
import type { Role } from '../../src/domain/people.ts';

export interface DemoAccount {
  readonly role: Role;
  readonly login: string;
  readonly phone: Phone;
  readonly name: string;
}

export const DEMO_PASSWORD = 'kundiz-demo';

/** One account a role; «үлгі» and «мысал» both mean “example”. Guardian, staff and administrator share a centre in Almaty. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { role: 'guardian', login: 'guardian@demo.kz', phone: '+77000000001' as Phone, name: 'Үлгі-Тоғай Айгүл' },
  { role: 'centre_admin', login: 'admin@demo.kz', phone: '+77000000002' as Phone, name: 'Үлгі-Дала Бақыт' },
  { role: 'centre_staff', login: 'staff@demo.kz', phone: '+77000000003' as Phone, name: 'Мысал-Арна Гүлнар' },
  {
    role: 'regional_manager',
    login: 'region@demo.kz',
    phone: '+77000000004' as Phone,
    name: 'Мысал-Теңіз Ерлан',
  },
  { role: 'system_admin', login: 'system@demo.kz', phone: '+77000000005' as Phone, name: 'Үлгі-Аспан Сәуле' },
];

/** The region of the demo centre and its manager: Almaty. */
export const DEMO_REGION = '75';

export function demoAccount(role: Role): DemoAccount {
  return DEMO_ACCOUNTS.find((account) => account.role === role)!;
}
