import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
} from 'node:fs';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { chromium, type Browser } from 'playwright-core';

interface FoundBrowser {
  readonly executablePath: string;
  readonly env: Record<string, string>;
}

const DEBIAN = '/usr/bin/chromium';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A real Chromium, driven by playwright. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await findBrowser();
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return chromium.launch({ executablePath, args: FLAGS, env: { ...Object.fromEntries(inherited), ...env } });
}

let found: Promise<FoundBrowser> | undefined;

/**
 * The Chromium that the npm package @sparticuz/chromium carries, with its libraries and fonts: every machine, a bare
 * one too, tests with the same browser and draws the same letters. KUNDIZ_CHROMIUM names another; where the package's
 * cannot run (another processor), Debian's steps in.
 */
export function findBrowser(): Promise<FoundBrowser> {
  found ??= find();
  return found;
}

async function find(): Promise<FoundBrowser> {
  const unpacked = await unpack();
  const fonts = { FONTCONFIG_FILE: join(unpacked, 'fonts.conf') };
  const chosen = process.env['KUNDIZ_CHROMIUM'];
  if (chosen) return started(chosen, fonts);
  const carried = join(unpacked, 'chromium');
  const libraries = missesLibraries(carried) ? { LD_LIBRARY_PATH: join(unpacked, 'al2023/lib') } : {};
  try {
    return started(carried, { ...fonts, ...libraries });
  } catch (error) {
    if (existsSync(DEBIAN)) return started(DEBIAN, fonts);
    throw error;
  }
}

/** A browser that cannot start is told as missing before any test asks for it. */
function started(executablePath: string, env: Record<string, string>): FoundBrowser {
  execFileSync(executablePath, ['--version', '--no-sandbox'], {
    env: { ...process.env, ...env },
    stdio: 'pipe',
  });
  return { executablePath, env };
}

function missesLibraries(executable: string): boolean {
  try {
    return execFileSync('ldd', [executable], { encoding: 'utf8' }).includes('not found');
  } catch {
    return true;
  }
}

/** The package's archives, unpacked once per machine and version. */
async function unpack(): Promise<string> {
  const require = createRequire(import.meta.url);
  const home = dirname(dirname(require.resolve('@sparticuz/chromium')));
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const target = join(tmpdir(), `kundiz-chromium-${version}-${process.getuid?.() ?? 0}`);
  if (existsSync(target)) return target;
  const fresh = mkdtempSync(join(tmpdir(), 'kundiz-chromium-'));
  try {
    await decompress(
      join(home, 'bin/chromium.br'),
      createWriteStream(join(fresh, 'chromium'), { mode: 0o755 }),
    );
    await untar(join(home, 'bin/al2023.tar.br'), join(fresh, 'al2023'));
    await untar(join(home, 'bin/fonts.tar.br'), join(fresh, 'fonts'));
    writeFileSync(join(fresh, 'fonts.conf'), fontConfiguration(target));
    // A run beside this one may have been quicker; its copy is the same.
    if (!existsSync(target)) renameSync(fresh, target);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return target;
}

async function decompress(archive: string, target: NodeJS.WritableStream): Promise<void> {
  await pipeline(createReadStream(archive), createBrotliDecompress(), target);
}

async function untar(archive: string, folder: string): Promise<void> {
  mkdirSync(folder);
  const tar = spawn('tar', ['-x', '-C', folder], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = once(tar, 'close');
  await decompress(archive, tar.stdin);
  await ended;
}

/** Open Sans draws all letters of Kazakh; the machine's fonts stand behind it for signs it lacks. */
function fontConfiguration(folder: string): string {
  const families = ['sans-serif', 'system-ui', 'serif', 'monospace'];
  const aliases = families.map(
    (family) => `<alias><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`,
  );
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
  ${aliases.join('\n  ')}
</fontconfig>
`;
}
