/** A real Chromium with no manual step: binary, libraries and fonts come from npm, so screens look the same on every host. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflate } from '@sparticuz/chromium';
import { type BrowserServer, chromium } from 'playwright-core';

const cache = fileURLToPath(new URL('../../../.cache', import.meta.url));
const require = createRequire(import.meta.url);

/** One Chromium that several test files connect to. CHROMIUM_PATH names another one, which then brings its own libraries. */
export async function startChromium(): Promise<BrowserServer> {
  const unpacked = await unpack();
  const fonts = join(unpacked, 'fonts.conf');
  // Every time, because it holds absolute paths and the checkout may have moved.
  await writeFile(fonts, fontConfig(unpacked));
  const own = process.env.CHROMIUM_PATH;
  return chromium.launchServer({
    executablePath: own || join(unpacked, 'chromium'),
    // The package's own arguments contain --single-process and switch web security off. Nothing may call home.
    args: ['--no-sandbox', '--disable-sync', '--disable-domain-reliability', '--no-pings'],
    env: {
      ...process.env,
      FONTCONFIG_FILE: fonts,
      ...(!own && { LD_LIBRARY_PATH: join(unpacked, 'al2023/lib') }),
    },
  });
}

/** Unpacks once per version. Made aside and renamed: parallel starts would run a half-written file. */
async function unpack(): Promise<string> {
  const archives = join(dirname(dirname(require.resolve('@sparticuz/chromium'))), 'bin');
  const { version } = JSON.parse(await readFile(join(archives, '../package.json'), 'utf8'));
  const target = join(cache, `chromium-${version}`);
  if (existsSync(target)) return target;
  await mkdir(cache, { recursive: true });
  const aside = await mkdtemp(`${target}.`);
  await inTemporaryFolder(aside, async () => {
    for (const name of ['chromium.br', 'swiftshader.tar.br', 'al2023.tar.br', 'fonts.tar.br']) {
      await inflate(join(archives, name));
    }
  });
  // Another start was faster: its files are the same.
  await rename(aside, target).catch(() => rm(aside, { recursive: true }));
  return target;
}

/** The package unpacks into the system's temporary folder, wherever that is. */
async function inTemporaryFolder(folder: string, work: () => Promise<void>): Promise<void> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    await work();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

function fontConfig(unpacked: string): string {
  const chinese = join(dirname(dirname(require.resolve('@embedpdf/fonts-sc'))), 'fonts');
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(unpacked, 'fonts')}</dir>
  <dir>${chinese}</dir>
  <cachedir>${join(unpacked, 'font-cache')}</cachedir>
</fontconfig>
`;
}
