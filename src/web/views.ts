import { readFileSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import ejs from 'ejs';

/** Outside production an error in a view names the view and the line; that costs a tenth of the rendering. */
const DEBUG = process.env['NODE_ENV'] !== 'production';

/** A view's answer to a model: HTML text. */
type Compiled = (model: object) => string;

const MARKUP = /[&<>"']/;

/** Most of what is shown is figures and plain words: what needs no escaping is found out in one look. */
function escaped(value: string | number | boolean | null | undefined): string {
  if (value === undefined || value === null) return '';
  const text = String(value);
  return MARKUP.test(text) ? ejs.escapeXML(text) : text;
}

export interface Views {
  /** Renders views/<view>.ejs. Everything a view may use is in `locals`: strict mode, no `with`. */
  render(view: string, model: object): string;
}

/**
 * Our own wrapper of EJS. Views name each other from the root of the folder, `include('/form/_field', { field })`, and
 * cannot leave it. Compiled once; with `reload` at every use, so that an edited view shows at once.
 */
function createViews(directory: string, options: { readonly reload?: boolean } = {}): Views {
  const root = resolve(directory);
  const compiled = new Map<string, Compiled>();

  function fileOf(view: string): string {
    const file = resolve(root, `${view.replace(/^\/+/, '')}.ejs`);
    if (!file.startsWith(root + sep)) throw new Error(`The view ${view} is outside ${root}`);
    return file;
  }

  function template(view: string): Compiled {
    let found = options.reload === true ? undefined : compiled.get(view);
    if (found === undefined) {
      const filename = fileOf(view);
      // cache: an include compiles once too; EJS keys its own cache by file name.
      const settings = {
        filename,
        root,
        strict: true,
        compileDebug: DEBUG,
        cache: options.reload !== true,
        escape: escaped,
        includer,
      };
      found = ejs.compile(readFileSync(filename, 'utf8'), settings);
      compiled.set(view, found);
    }
    return found;
  }

  function includer(name: string, parsed: string): { filename: string } {
    if (!name.startsWith('/'))
      throw new Error(`include('${name}'): views are named from the root, as in include('/form/_field')`);
    if (!parsed.startsWith(root + sep)) throw new Error(`include('${name}') is outside ${root}`);
    return { filename: parsed };
  }

  return { render: (view, model) => template(view)(model) };
}

const standard = createViews(resolve(import.meta.dirname, '../../views'), {
  reload: process.env['NODE_ENV'] === 'development',
});

export function render(view: string, model: object): string {
  return standard.render(view, model);
}
