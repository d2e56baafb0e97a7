import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { ErrorCode, Locale, Text } from '@desk/schema';
import { say } from '@desk/schema';
import { type ImportResourceName, importResourceNames } from '@desk/schema/imports/mapping';
import fastifyMultipart, { type MultipartFile } from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { runAs } from '../../platform/auth/system.ts';
import type { Host } from '../../platform/domain.ts';
import { Refusal, refuse } from '../../platform/errors.ts';
import { encodeId, newUuid } from '../../platform/ids.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { enterUpload, findCommunity } from './imports.service.ts';
import { describeTable } from './preview.ts';
import { openTable } from './reading/table.ts';

export const largestUpload = 50 * 1024 * 1024;

const texts = {
  header: { zh: '缺少请求头 x-requested-with', en: 'the header x-requested-with is missing' },
  resource: {
    zh: 'resource 应为 units、residents 或 tickets',
    en: 'resource must be units, residents or tickets',
  },
  community: { zh: '缺少 community', en: 'community is missing' },
  file: { zh: '缺少文件（multipart 字段 file）', en: 'the file is missing (multipart part "file")' },
  large: { zh: '文件超过 {limit} MB', en: 'the file is larger than {limit} MB' },
} as const satisfies Record<string, Text>;

const statusOf: Partial<Record<ErrorCode, number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404 };
const wrong = (text: Text, field: string, values = {}): never =>
  refuse('VALIDATION', { field: [field], values: (locale) => ({ detail: say(text, locale, values) }) });

export interface UploadPlace {
  pathOf(id: string): string;
  /** Makes the folder. */
  ready(): Promise<void>;
}

/** `POST /imports?resource=…&community=…`: keeps a file, reads its head and answers how it could be mapped. */
export async function uploadRoute(host: Host, place: UploadPlace): Promise<void> {
  await host.fastify.register(async (scope) => {
    await scope.register(fastifyMultipart, { limits: { files: 1, fields: 8, fileSize: largestUpload } });
    scope.post('/imports', { bodyLimit: largestUpload + 1024 * 1024 }, async (request, reply) => {
      let locale: Locale = 'zh-CN';
      try {
        const caller = await host.callerOf(request);
        locale = caller.locale;
        // A form of another site cannot send this header, so that it cannot upload in somebody's name.
        if (!request.headers['x-requested-with']) wrong(texts.header, 'x-requested-with');
        const answer = await upload(host, place, request, caller.viewer ?? refuse('UNAUTHENTICATED'), locale);
        return await reply.code(201).send(answer);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return answerRefusal(reply, error, locale);
      }
    });
  });
}

function answerRefusal(reply: FastifyReply, refusal: Refusal, locale: Locale): FastifyReply {
  const [field] = refusal.options.field ?? [];
  const status =
    statusOf[refusal.code] ?? (field === 'x-requested-with' ? 403 : field === 'size' ? 413 : 422);
  const code = field === 'x-requested-with' ? 'FORBIDDEN' : refusal.code;
  return reply.code(status).send({ code, message: refusal.text(locale) });
}

async function upload(
  host: Host,
  place: UploadPlace,
  request: FastifyRequest,
  viewer: Viewer,
  locale: Locale,
) {
  const { db, clock, committed } = host.services;
  const { resource, community: communityId } = request.query as Record<string, string | undefined>;
  if (!isResource(resource)) return wrong(texts.resource, 'resource');
  if (!communityId) return wrong(texts.community, 'community');
  // Before the file is taken: nobody fills the disk who may not import.
  const { timeZone } = await runAs(db, viewer, clock, (tx) => findCommunity(tx, communityId, resource), {
    locale,
  });

  const part = request.isMultipart() ? await request.file() : undefined;
  if (part?.fieldname !== 'file') return wrong(texts.file, 'file');
  const id = newUuid();
  await place.ready();
  const path = place.pathOf(id);
  try {
    await keep(part, path);
    const table = await openTable(path);
    const described = await describeTable(db, viewer.organisationId, { table, resource, zone: timeZone });
    const fileName =
      part.filename
        .replace(/^.*[\\/]/, '')
        .trim()
        .slice(-200) || 'file';
    await runAs(
      db,
      viewer,
      clock,
      async (tx) => {
        const community = await findCommunity(tx, communityId, resource);
        return enterUpload(tx, { id, community, resource, fileName, headers: table.headers });
      },
      { locale },
    );
    committed();
    return { id: encodeId('import', id), version: 1, resource, fileName, ...described };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

const isResource = (name: string | undefined): name is ImportResourceName =>
  importResourceNames.some((one) => one === name);

/** Under its name only when it is whole. */
async function keep(part: MultipartFile, path: string): Promise<void> {
  const partial = `${path}.part`;
  try {
    await pipeline(part.file, createWriteStream(partial, { mode: 0o600 }));
    if (part.file.truncated) wrong(texts.large, 'size', { limit: largestUpload / 1024 / 1024 });
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}
