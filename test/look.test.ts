import { readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const SHEETS = ['app.css', 'desk.css'] as const;
const [css, desk] = SHEETS.map((name) => readFileSync(`public/${name}`, 'utf8')) as [string, string];
const views = readdirSync('views', { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ejs'),
);

describe('the style sheets', () => {
  it.each(SHEETS)('%s stays within 30 KB and asks nobody else for anything', (name) => {
    expect(statSync(`public/${name}`).size).toBeLessThanOrEqual(30 * 1024);
    expect(css + desk).not.toMatch(/@import|url\(/);
  });

  it('are flat: browsers of Windows 7 know no nesting', () => {
    expect(css + desk).not.toMatch(/[{;]\s*&/);
  });

  it('keep what is for desks out of the one that phones fetch', () => {
    expect(css).not.toMatch(/\.(?:board|heat|slot|pile|legend|swatch|v-\d)\b/);
  });

  /** Relative luminance and contrast by WCAG 2. */
  const luminance = (hex: string): number => {
    const full = hex.length === 4 ? hex.replace(/[^#]/g, '$&$&') : hex;
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const c = Number.parseInt(full.slice(at, at + 2), 16) / 255;
      return c <= 0.040_45 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: string, b: string): number => {
    const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };

  it('has a readable number on every step of heat, light and dark', () => {
    const steps = desk.slice(desk.indexOf('@layer steps {'), desk.indexOf('@layer media {'));
    const [light = '', dark = ''] = steps.split('prefers-color-scheme: dark');
    for (const scheme of [light, dark]) {
      const [usual, other] = [...scheme.matchAll(/--on-heat: (#\w+)/g)].map((match) => match[1] ?? '');
      const others = new Set(
        [...(/:is\(([^)]+)\) \{ --on-heat/.exec(scheme)?.[1] ?? '').matchAll(/v-(\d+)/g)].map(
          (match) => match[1],
        ),
      );
      const heat = [...scheme.matchAll(/\.v-(\d+)\{--heat:(#\w+)\}/g)];
      expect(heat).toHaveLength(21);
      for (const [, step, colour] of heat)
        expect(contrast(colour ?? '', (others.has(step) ? other : usual) ?? '')).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('reads every word and sign on every ground, light and dark', () => {
    for (const place of [0, 1]) {
      const colour = (name: string) =>
        new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(css)?.[place + 1] ?? '';
      const grounds = ['paper', 'card', 'sunk', 'soft', 'good-soft', 'warn-soft', 'bad-soft'].map(colour);
      for (const word of ['ink', 'ink-2', 'accent', 'good', 'warn', 'bad'].map(colour)) {
        for (const ground of grounds) expect(contrast(word, ground)).toBeGreaterThanOrEqual(4.5);
      }
      for (const ground of grounds) expect(contrast(colour('edge'), ground)).toBeGreaterThanOrEqual(3);
      expect(contrast(colour('on-accent'), colour('accent'))).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe.each(views)('views/%s', (name) => {
  const source = readFileSync(`views/${name}`, 'utf8');

  it('has nothing inline and nothing from elsewhere', () => {
    expect(source).not.toMatch(/\sstyle\s*=|<style|\son[a-z]+\s*=|javascript:/i);
    expect(source).not.toMatch(/<script(?![^>]*\ssrc=)/i);
    expect(source).not.toMatch(/(?:src|href|action)="(?:https?:)?\/\//i);
  });

  it('names other views from the root', () => {
    const named = [...source.matchAll(/include\(\s*'([^']*)'/g)].map((match) => match[1] ?? '');
    expect(named.filter((view) => !view.startsWith('/'))).toEqual([]);
  });

  it('puts the operation key into every form that changes something', () => {
    const forms = source
      .split(/<form\b/i)
      .slice(1)
      .map((form) => form.split(/<\/form>/i)[0] ?? '');
    const changing = forms.filter((form) => /^[^>]*method="post"/i.test(form));
    expect(changing.filter((form) => !/include\('\/form\/_operation'\)|name="operation"/.test(form))).toEqual(
      [],
    );
  });
});
