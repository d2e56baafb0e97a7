import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fetchFile, sendFile } from '../../../test/harness/files.ts';
import { type Client, startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';

let world: World;
let folder: string;
let photo: Buffer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desk-files-'));
  world = await startWorld({ DATA_DIR: folder });
  photo = await pixels(60, 30)
    .jpeg()
    // Lies on its side, and tells where it was taken.
    .withExif({ IFD0: { Make: 'SpyPhone' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '39/1 54/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .toBuffer();
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const pixels = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c0ffee' } });
const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

async function upload(by: Client, bytes: Uint8Array = photo, name?: string) {
  const { status, body } = await sendFile(world, by, bytes, name ? { name } : {});
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}

async function ticketWith(org: TestOrganisation, by: Client, attachments: string[], more: object = {}) {
  const unit = 'unit' in more ? {} : { unit: (await org.unit()).id };
  return by.mutate(
    'ticketCreate',
    { kind: 'REPAIR_UNIT', title: '漏水', attachments, ...unit, ...more },
    'ticket { id version attachments { id name type size width height url thumbnail uploadedBy } }',
  );
}

describe('photos and documents of a ticket (T-02)', () => {
  test('a photo is turned upright, loses what it tells of its sender, and is served to whoever may read the ticket (T-02)', async () => {
    const org = await world.organisation();
    const [clerk, engineer] = [await org.as('FRONT_DESK'), await org.as('ENGINEERING')];
    expect((await sharp(photo).metadata()).exif?.includes('SpyPhone')).toBe(true);
    const sent = await upload(clerk, photo, 'C:\\fakepath\\厨房.JPEG');
    expect(sent).toMatchObject({ name: '厨房.jpg', type: 'image/jpeg', width: 30, height: 60 });

    const { ticket, userErrors } = await ticketWith(org, clerk, [sent.id]);
    expect(userErrors).toEqual([]);
    expect(ticket.attachments).toMatchObject([{ id: sent.id, url: sent.url, thumbnail: sent.thumbnail }]);

    const served = await fetchFile(world, engineer, sent.url);
    expect(served.status).toBe(200);
    expect(Object.fromEntries(served.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent('厨房')}.jpg`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    const bytes = Buffer.from(await served.arrayBuffer());
    expect(bytes).toHaveLength(sent.size);
    const read = await sharp(bytes).metadata();
    expect([read.width, read.height, read.exif]).toEqual([30, 60, undefined]);
    const thumbnail = await fetchFile(world, engineer, sent.thumbnail ?? '');
    expect(thumbnail.headers.get('content-type')).toBe('image/webp');
    expect((await sharp(Buffer.from(await thumbnail.arrayBuffer())).metadata()).height).toBe(60);
    const tag = served.headers.get('etag') ?? '';
    expect((await fetchFile(world, engineer, sent.url, { 'if-none-match': tag })).status).toBe(304);
  });

  test('files have the rights of what they are attached to; a waiting one is its sender’s alone', async () => {
    const [org, other] = [await world.organisation(), await world.organisation()];
    const building = await org.building();
    const unit = (await org.unit({ building: building.id })).id;
    const clerk = await org.as('FRONT_DESK');
    const elsewhere = await org.as('STEWARD', { community: (await org.community()).id });
    const screen = await org.as('DASHBOARD');
    const integrator = await org.as('INTEGRATOR');
    const status = async (by: Client, path: string) => (await fetchFile(world, by, path)).status;

    const [photoOfTicket, photoOfNote] = [
      await upload(clerk),
      await upload(clerk, await pixels(8, 8).png().toBuffer()),
    ];
    expect(await status(clerk, photoOfTicket.url)).toBe(200);
    expect(await status(org.admin, photoOfTicket.url)).toBe(404);
    const { ticket } = await ticketWith(org, clerk, [photoOfTicket.id], { unit });
    const note = await clerk.mutate(
      'ticketNoteCreate',
      { ticket: ticket.id, text: '内部', attachments: [photoOfNote.id] },
      'ticketNote { attachments { id } }',
    );
    expect(note).toMatchObject({ userErrors: [], ticketNote: { attachments: [{ id: photoOfNote.id }] } });

    const seen = await Promise.all(
      [org.admin, integrator, elsewhere, screen, other.admin].map(async (by) => [
        await status(by, photoOfTicket.url),
        await status(by, photoOfNote.url),
      ]),
    );
    expect(seen).toEqual([
      [200, 200],
      [200, 404],
      [404, 404],
      [404, 404],
      [404, 404],
    ]);
    expect(await status(world.anonymous, photoOfTicket.url)).toBe(401);
    expect(
      (await screen.send('{ tickets { nodes { attachments { id } } } }')).errors?.[0]?.extensions.code,
    ).toBe('FORBIDDEN');
    expect((await sendFile(world, screen, photo)).status).toBe(403);
  });

  test('a file is attached once, by its sender, and foreign or used ids look like missing ones', async () => {
    const [org, other] = [await world.organisation(), await world.organisation()];
    const [clerk, colleague] = [await org.as('FRONT_DESK'), await org.as('FRONT_DESK')];
    const file = await upload(clerk);
    const foreign = await upload(other.admin);
    const refused = [{ code: 'NOT_FOUND', field: ['attachments'] }];
    expect((await ticketWith(org, colleague, [file.id])).userErrors).toMatchObject(refused);
    expect((await ticketWith(org, clerk, [file.id, foreign.id])).userErrors).toMatchObject(refused);
    const { ticket } = await ticketWith(org, clerk, [file.id]);
    expect((await ticketWith(org, clerk, [file.id])).userErrors).toMatchObject(refused);
    const again = await clerk.mutate(
      'ticketAttach',
      { id: ticket.id, version: ticket.version, attachments: [file.id] },
      'ticket { id }',
    );
    expect(again.userErrors).toMatchObject(refused);
  });

  test('a ticket holds twenty files, with those of its comments', async () => {
    const org = await world.organisation();
    const clerk = await org.as('FRONT_DESK', { locale: 'en' });
    const ids: string[] = [];
    for (let count = 0; count < 21; count += 1) ids.push((await upload(clerk, pdf)).id);
    const { ticket } = await ticketWith(org, clerk, ids.slice(0, 19));
    const comment = { ticket: ticket.id, text: '补充' };
    const add = (attachments: string[]) =>
      clerk.mutate('ticketCommentCreate', { ...comment, attachments }, 'ticketComment { id }');
    expect((await add(ids.slice(19))).userErrors).toMatchObject([
      { code: 'TOO_MANY_FILES', message: 'Too many files: at most 20.', rule: 'T-02' },
    ]);
    expect((await add(ids.slice(20))).userErrors).toEqual([]);
    const late = await clerk.mutate(
      'ticketAttach',
      { id: ticket.id, version: ticket.version, attachments: ids.slice(19, 20) },
      'ticket { id }',
    );
    expect(late.userErrors).toMatchObject([{ code: 'TOO_MANY_FILES' }]);
  });

  test('what is attached to nothing within a day is removed, and its content when nothing else has it (S-7)', async () => {
    const org = await world.organisation();
    const [kept, same, alone] = [
      await upload(org.admin),
      await upload(org.admin),
      await upload(org.admin, await pixels(9, 9).png().toBuffer()),
    ];
    const contents = async () => (await readdir(join(folder, 'files', org.uuid), { recursive: true })).length;
    const before = await contents();
    await ticketWith(org, org.admin, [kept.id]);
    world.clock.advance({ hours: 23 });
    await world.runJob('file.forget');
    expect((await fetchFile(world, org.admin, same.url)).status).toBe(200);
    world.clock.advance({ hours: 2 });
    await world.runJob('file.forget');
    const status = async (url: string) => (await fetchFile(world, org.admin, url)).status;
    expect([await status(kept.url), await status(same.url), await status(alone.url)]).toEqual([
      200, 404, 404,
    ]);
    expect(await contents()).toBe(before - 2); // the picture and its thumbnail
  });

  test('documents are saved, never opened, by a browser', async () => {
    const org = await world.organisation();
    const sent = await upload(org.admin, pdf, '合同.pdf');
    expect(sent).toMatchObject({ type: 'application/pdf', width: null, thumbnail: null });
    const served = await fetchFile(world, org.admin, sent.url);
    expect(served.headers.get('content-disposition')).toMatch(/^attachment;/);
    expect((await fetchFile(world, org.admin, `${sent.url}/thumbnail`)).status).toBe(404);
  });
});

/** A PNG of a few hundred bytes that unpacks to 40,000 × 40,000 pixels. */
function bomb(): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(40_000, 0);
  header.writeUInt32BE(40_000, 4);
  header.writeUInt8(8, 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(40_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}

describe('what is no photo', () => {
  const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(2_000, 1)]);
  test.each([
    ['a program disguised as a photo', program, 415, 'FILE_REFUSED'],
    ['a page of HTML', Buffer.from('<html><script>alert(1)</script></html>'), 415, 'FILE_REFUSED'],
    [
      'a drawing that may hold scripts',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      415,
      'FILE_REFUSED',
    ],
    [
      'a photo cut off in the middle',
      Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70]),
      422,
      'FILE_UNREADABLE',
    ],
    ['a small file that unpacks to 1.6 billion pixels', bomb(), 422, 'FILE_UNREADABLE'],
    ['more than 10 MB', Buffer.alloc(10 * 1024 * 1024 + 1, 0xff), 413, 'FILE_TOO_LARGE'],
    ['nothing', Buffer.alloc(0), 415, 'FILE_REFUSED'],
  ])('%s is refused and leaves nothing behind (T-02)', async (_what, bytes, status, code) => {
    const org = await world.organisation();
    const clerk = await org.as('FRONT_DESK');
    const answer = await sendFile(world, clerk, bytes);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.message).toMatch(/\p{Script=Han}/u);
    expect(await readdir(join(folder, 'files', org.uuid)).catch(() => [])).toEqual([]);
  });

  test('a form of another site cannot upload in somebody’s name, and nobody can without signing in', async () => {
    const org = await world.organisation();
    expect((await sendFile(world, org.admin, photo, { headers: {} })).status).toBe(422);
    expect((await sendFile(world, world.anonymous, photo)).status).toBe(401);
  });

  test('a text of 10 MB in a GraphQL input is refused cleanly, and the connection lives on', async () => {
    const org = await world.organisation();
    const input = {
      unit: (await org.unit()).id,
      kind: 'HELP',
      title: '长',
      description: '长'.repeat(3_500_000),
    };
    const source = 'mutation($input: TicketCreateInput!) { ticketCreate(input: $input) { ticket { id } } }';
    const answer = await org.admin.send(source, { input });
    expect([answer.status, answer.errors?.[0]?.extensions.code]).toEqual([413, 'BAD_REQUEST']);
    expect((await org.admin.query('{ tickets { totalCount } }')).tickets.totalCount).toBe(0);
  });
});
