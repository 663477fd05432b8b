import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Reason } from '../domain/refusal.ts';
import {
  isKey,
  LANGUAGES,
  pickLanguage,
  translator,
  type Key,
  type Language,
  type Parameters,
  type T,
} from '../i18n/translate.ts';
import { assetUrl, type AssetName } from './assets.ts';
import { named, type FieldError, type Typed } from './form.ts';
import { navigationOf, type Session } from './navigation.ts';
import { paths, withQuery } from './paths.ts';
import { render } from './views.ts';

export type { Session } from './navigation.ts';

/** A sentence shown once, on the page after a change. Ready words only: nothing that was typed. */
export interface Flash {
  readonly tone?: 'info' | 'good' | 'warn' | 'bad' | undefined;
  readonly key: Key;
  readonly params?: Parameters | undefined;
}

/** What a view is given by its page. Everything else a view says is here too, as ready text. */
export interface PageModel {
  readonly title?: string;
  readonly errors?: readonly FieldError[] | undefined;
  readonly values?: Typed | undefined;
  readonly [name: string]: unknown;
}

export interface PageOptions {
  readonly status?: number;
  /** The heading of the browser's tab; model.title when absent. */
  readonly title?: string;
  /** The partial that htmx swaps: it alone is the answer to an htmx request. A map when the page has several, by id of the target. */
  readonly fragment?: string | Readonly<Record<string, string>>;
  /** Whether the page loads htmx; it does when it has a fragment. */
  readonly htmx?: boolean;
  /** A script of this page's own, beside those of all pages. */
  readonly script?: AssetName;
  /** Forms and texts are narrow, boards and heat maps wide. */
  readonly width?: 'narrow' | 'normal' | 'wide';
  /** For how many seconds anyone may keep the page; only while nobody is signed in and nothing is said once. */
  readonly publicSeconds?: number;
  /** Says something of a person though nobody is signed in: stored nowhere. */
  readonly personal?: boolean;
  /** The address of this page, when it answers a POST to another address. The language links need it. */
  readonly address?: string;
}

/** A model with the words of its errors. */
interface Drawn {
  readonly errors: readonly ShownError[];
}

/** What is wrong, as the summary and the fields show it. */
interface ShownError {
  readonly field: string;
  readonly href: string;
  readonly text: string;
}

/** The words of this request. */
export function wordsOf(res: Response): T {
  return translator(languageOf(res));
}

function languageOf(res: Response): Language {
  return (res.locals['language'] as Language | undefined) ?? pickLanguage(res.req.get('accept-language'));
}

/** The id of a field's input: what error summaries link to. Names may hold dots and brackets, ids should not. */
function fieldId(name: string): string {
  return `f-${name.replace(/[^A-Za-z0-9_-]+/g, '-')}`;
}

function shown(errors: readonly FieldError[], t: T): ShownError[] {
  return errors.map(({ field, key, params }) => ({
    field,
    href: field === '' ? '#content' : `#${fieldId(field)}`,
    text: t.say({ key, params }),
  }));
}

/**
 * Renders a view. Its fields tell their labels as they are drawn, and the summary of errors above them names the fields
 * by these: a view with errors is drawn a second time, once the labels are known.
 */
function drawn(view: string, model: Drawn, errors: readonly FieldError[], t: T): string {
  const labels = new Map<string, string>();
  const tellLabel = (field: string, text: string) => void labels.set(field, text);
  const once = render(view, { ...model, tellLabel });
  if (labels.size === 0 || errors.length === 0) return once;
  const summary = model.errors.map((error, at) => ({
    ...error,
    text: named(errors[at]!, error.text, labels.get(error.field), t.language),
  }));
  return render(view, { ...model, tellLabel, errors: summary });
}

/** Where this page can be fetched again: its own address, or for an answer to a POST the page that sent it. */
function addressOf(req: Request, given: string | undefined): string {
  if (given !== undefined) return given;
  if (req.method === 'GET' || req.method === 'HEAD') return req.originalUrl;
  const referrer = URL.parse(req.get('referer') ?? '');
  return referrer?.host === req.get('host') ? `${referrer?.pathname}${referrer?.search}` : paths.home();
}

/** The partial to answer with, when htmx asks for a part of the page; the whole page in every other case. */
function fragmentOf(req: Request, fragment: PageOptions['fragment']): string | undefined {
  if (fragment === undefined || req.get('hx-request') !== 'true' || req.get('hx-request-type') === 'full')
    return undefined;
  if (req.get('hx-boosted') !== undefined || req.get('hx-history-restore-request') !== undefined)
    return undefined;
  if (typeof fragment === 'string') return fragment;
  const target = req.get('hx-target')?.split('#')[1] ?? '';
  return Object.hasOwn(fragment, target) ? fragment[target] : undefined;
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toLocaleUpperCase('kk');
}

function cacheControl(
  session: Session | undefined,
  flash: Flash | undefined,
  { publicSeconds = 0, personal = false }: PageOptions,
): string {
  if (session !== undefined || personal) return 'no-store';
  return publicSeconds > 0 && flash === undefined ? `public, max-age=${publicSeconds}` : 'private, no-cache';
}

/** Answers with a page: views/<view>.ejs in the layout. Personal pages are never stored by anyone. */
export function page(res: Response, view: string, model: PageModel = {}, options: PageOptions = {}): void {
  const req = res.req;
  const session = res.locals['session'] as Session | undefined;
  const t = wordsOf(res);
  const address = withQuery(addressOf(req, options.address), {});
  const path = address.split('?')[0] ?? '/';
  const errors = shown(model.errors ?? [], t);
  const flash = res.locals['flash'] as Flash | undefined;
  const title = options.title ?? model.title ?? t('brand.name');

  const all = {
    ...model,
    t,
    title,
    lang: t.language,
    path,
    errors,
    errorOf: Object.fromEntries(errors.toReversed().map(({ field, text }) => [field, text])),
    fieldId,
    values: model.values ?? {},
    nav: navigationOf(session, t, path),
    user: session && {
      id: session.person.id,
      name: session.person.name,
      initials: initialsOf(session.person.name),
      role: session.role,
      roleName: t(`role.${session.role}`),
    },
    flash: flash && { tone: flash.tone ?? 'good', text: t.say(flash) },
    // Names whose form it is: one that is kept over a sign-in is given back to nobody else (account/kept-form.ts).
    operation: () => (session ? `${session.person.id}.${randomUUID()}` : randomUUID()),
    paths,
  };

  res.status(options.status ?? (errors.length > 0 ? 422 : 200));
  res.set('Vary', 'HX-Request, Accept-Language, Cookie');
  res.set('Cache-Control', cacheControl(session, flash, options));
  res.set('Content-Language', t.language);
  res.type('html');

  const fragment = fragmentOf(req, options.fragment);
  if (fragment !== undefined) {
    res.send(drawn(fragment, all, model.errors ?? [], t));
    return;
  }
  const layout = {
    ...all,
    body: drawn(view, all, model.errors ?? [], t),
    documentTitle: `${errors.length > 0 ? t('page.error_title', { title }) : title} – ${t('brand.name')}`,
    width: options.width ?? 'normal',
    // Boards and heat are for desks: a family's phone does not fetch their styles.
    desk: options.width === 'wide' || (session !== undefined && session.role !== 'guardian'),
    htmx: options.htmx ?? options.fragment !== undefined,
    script: options.script ?? '',
    asset: assetUrl,
    languages: LANGUAGES.map(({ code, name, short }) => ({
      code,
      short,
      rest: name.slice(short.length),
      current: code === t.language,
      href: withQuery(address, { lang: code }),
    })),
  };
  res.send(render('layout/page', layout));
}

export interface ErrorDetails {
  /** Says why in place of the general text of the status. */
  readonly reason?: Reason;
  /** Already said, for example where there is no room. */
  readonly detail?: string;
  /** Whole minutes until it makes sense to try again (429). */
  readonly waitMinutes?: number;
  /** What the log calls this incident (500). */
  readonly reference?: string;
  /** A page on which to start again. */
  readonly again?: string;
}

/** The page of an HTTP error; a status without words of its own speaks as 400 or 500. */
export function errorPage(res: Response, status: number, details: ErrorDetails = {}): void {
  const t = wordsOf(res);
  const known = isKey(`error.${status}.title`) ? status : status >= 500 ? 500 : 400;
  const title = t.say({ key: `error.${known}.title` as Key });
  const text =
    details.reason === undefined
      ? t.say({ key: `error.${known}.text` as Key })
      : t(`refusal.${details.reason}`);
  const model = {
    title,
    status,
    text,
    detail: details.detail ?? '',
    wait: details.waitMinutes === undefined ? '' : t('error.429.wait', { n: details.waitMinutes }),
    reference: details.reference === undefined ? '' : t('error.reference', { reference: details.reference }),
    again: details.again ?? '',
  };
  page(res, 'errors/error', model, { status, width: 'narrow', fragment: 'errors/_error' });
}
