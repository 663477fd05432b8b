import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { named, parseForm } from '../../src/web/form.ts';

const schema = z.strictObject({
  login: z.email(),
  password: z.string().min(8),
  note: z.string().trim().max(5).optional(),
  minutes: z.coerce.number().int().min(0).max(180).optional(),
  kind: z.enum(['illness', 'family']),
  days: z.array(z.string()).min(1).optional(),
  time: z
    .string()
    .regex(/^\d\d:[03]0$/, 'form.invalid_time')
    .optional(),
});
const right = { login: 'a@example.kz', password: 'long enough', kind: 'illness' };

describe('a form', () => {
  it('gives the values and leaves the operation key aside', () => {
    expect(parseForm(schema, { ...right, operation: 'key', minutes: '30' }).values).toEqual({
      ...right,
      minutes: 30,
    });
  });

  it.each([
    [{ login: '' }, 'login', 'form.invalid_email'],
    [{ login: undefined }, 'login', 'form.required'],
    [{ password: 'short' }, 'password', 'form.too_short'],
    [{ note: 'too long' }, 'note', 'form.too_long'],
    [{ minutes: 'many' }, 'minutes', 'form.invalid_number'],
    [{ minutes: '999' }, 'minutes', 'form.too_large'],
    [{ kind: 'weather' }, 'kind', 'form.choose_one'],
    [{ days: [] }, 'days', 'form.choose_one'],
    [{ time: '08:10' }, 'time', 'form.invalid_time'],
    [{ extra: '1' }, '', 'form.unknown_field'],
  ])('%o', (change, field, key) => {
    const { errors } = parseForm(schema, { ...right, ...change });
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toMatchObject({ field, key });
  });

  it('says one thing a field and hands on the numbers', () => {
    const { errors } = parseForm(schema, { ...right, note: 'far too long', login: 'x' });
    expect(errors?.map((error) => error.field)).toEqual(['login', 'note']);
    expect(errors?.[1]?.params).toEqual({ n: 5, max: 5 });
  });

  it('keeps what was typed, never a secret, strings only', () => {
    const body = {
      login: ' x ',
      password: 'secret',
      new_password: 'secret',
      reset_code: '1',
      operation: 'k',
      a: ['1', 2],
      b: 3,
    };
    expect({ ...parseForm(schema, body).input }).toEqual({ login: ' x ', a: ['1'] });
  });

  it.each([undefined, null, 'text', 5])('refuses a body that is %s', (body) => {
    expect(parseForm(schema, body).errors?.[0]).toMatchObject({ field: 'login', key: 'form.required' });
  });
});

describe('an error in a summary', () => {
  const error = { field: 'date', key: 'form.required' } as const;
  it.each([
    ['Date', 'Date: fill in this field'],
    ['Date:', 'Date: fill in this field'],
    ['Which days?', 'Which days? Fill in this field'],
    [undefined, 'Fill in this field'],
  ])('is led by the label %s', (label, text) => {
    expect(named(error, 'Fill in this field', label, 'en')).toBe(text);
  });

  it('that names its field already is left alone', () => {
    const own = { field: 'login', key: 'sign_in.login_missing' } as const;
    expect(named(own, 'Enter your e-mail', 'E-mail', 'en')).toBe('Enter your e-mail');
  });
});
