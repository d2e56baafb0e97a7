import { expect, test } from 'vitest';
import { url } from './desk.ts';

test('the page is asked for anew each time; what it names by hash is packed, kept for ever and fetched ahead', async () => {
  const page = await fetch(url, { headers: { 'accept-encoding': 'br' } });
  expect(page.headers.get('cache-control')).toBe('no-cache');
  const ahead = [...(await page.text()).matchAll(/rel="prefetch" href="\.\/(assets\/[^"]+)"/g)].map(
    ([, file]) => file as string,
  );
  expect(ahead).toEqual(
    expect.arrayContaining([expect.stringMatching(/attend/), expect.stringMatching(/TicketDesk/)]),
  );
  const desk = `${url}/${ahead.find((file) => file.includes('TicketDesk'))}`;
  const plain = await (await fetch(desk, { headers: { 'accept-encoding': 'identity' } })).text();
  for (const encoding of ['br', 'gzip']) {
    const script = await fetch(desk, { headers: { 'accept-encoding': encoding } });
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(script.headers.get('content-encoding')).toBe(encoding);
    expect((await script.text()) === plain).toBe(true);
  }
});
