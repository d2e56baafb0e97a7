import { type ErrorCode, type Locale, say } from '@desk/schema';
import { fileTypes, largestFile } from '@desk/schema/files/limits';
import fastifyMultipart from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { runAs } from '../../platform/auth/system.ts';
import type { Host } from '../../platform/domain.ts';
import { Refusal, refuse } from '../../platform/errors.ts';
import type { FileStore } from '../../platform/files/store.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { enterFile, examine, findFile, maySend } from './files.service.ts';

const statusOf: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  FILE_TOO_LARGE: 413,
  FILE_REFUSED: 415,
};
const texts = {
  header: { zh: '缺少请求头 x-requested-with', en: 'the header x-requested-with is missing' },
  file: { zh: '缺少文件（multipart 字段 file）', en: 'the file is missing (multipart part "file")' },
};
interface Caller {
  viewer: Viewer;
  locale: Locale;
}

/** `POST /files` takes one file; `GET /files/:id` and `/files/:id/thumbnail` serve it to whoever may see it. */
export async function fileRoutes(host: Host, store: FileStore): Promise<void> {
  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    work: (caller: Caller) => Promise<FastifyReply>,
  ): Promise<FastifyReply> => {
    let locale: Locale = 'zh-CN';
    try {
      const caller = await host.callerOf(request);
      locale = caller.locale;
      return await work({ viewer: caller.viewer ?? refuse('UNAUTHENTICATED'), locale });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, rule } = error;
      return reply.code(statusOf[code] ?? 422).send({ code, message: error.text(locale), rule });
    }
  };

  await host.fastify.register(async (scope) => {
    await scope.register(fastifyMultipart, { limits: { files: 1, fields: 4, fileSize: largestFile } });
    scope.post('/files', { bodyLimit: largestFile + 1024 * 1024 }, (request, reply) =>
      answer(request, reply, async ({ viewer, locale }) => {
        // A form of another site cannot send this header, so that it cannot upload in somebody's name.
        if (!request.headers.authorization && !request.headers['x-requested-with'])
          refuse('VALIDATION', { values: (spoken) => ({ detail: say(texts.header, spoken) }) });
        if (!maySend(viewer)) refuse('FORBIDDEN');
        const { name, bytes } = await received(request);
        const content = await examine(bytes);
        const made = await runAs(
          host.services.db,
          viewer,
          host.services.clock,
          (tx) => enterFile(tx, store, named(name, fileTypes[content.type]), content),
          { locale },
        );
        return reply.code(201).send(made);
      }),
    );
  });

  for (const [path, thumbnail] of [
    ['/files/:id', false],
    ['/files/:id/thumbnail', true],
  ] as const)
    host.fastify.get<{ Params: { id: string } }>(path, (request, reply) =>
      answer(request, reply, async ({ viewer }) => {
        const { organisationId } = viewer;
        const run = (text: string, values: unknown[]) => host.services.db.read(organisationId, text, values);
        const { content, name, type } = await findFile(run, viewer, request.params.id, thumbnail);
        const tag = `"${content}"`;
        // Kept by the browser, but asked for each time: rights end when they end.
        reply.headers({ 'cache-control': 'private, no-cache', etag: tag, vary: 'cookie, authorization' });
        if (request.headers['if-none-match'] === tag) return reply.code(304).send();
        return reply
          .headers({
            'content-type': type,
            'content-disposition': disposition(name, type),
            'x-content-type-options': 'nosniff',
            'content-security-policy': "default-src 'none'; sandbox",
          })
          .send(await store.get(organisationId, content));
      }),
    );
}

async function received(request: FastifyRequest): Promise<{ name: string; bytes: Buffer }> {
  const part = request.isMultipart() ? await request.file() : undefined;
  if (part?.fieldname !== 'file')
    return refuse('VALIDATION', {
      field: ['file'],
      values: (locale) => ({ detail: say(texts.file, locale) }),
    });
  const bytes: Buffer[] = [];
  for await (const chunk of part.file) bytes.push(chunk);
  if (part.file.truncated)
    refuse('FILE_TOO_LARGE', { field: ['file'], values: { limit: largestFile / 1024 / 1024 } });
  return { name: part.filename, bytes: Buffer.concat(bytes) };
}

/** Without path and control characters, and ending as the content does: nobody downloads a photo called `bill.exe`. */
function named(given: string, ending: string): string {
  const base = given
    .replace(/^.*[\\/]/, '')
    .replace(/\p{C}/gu, '')
    .replace(/\.[^.]*$/, '')
    .trim()
    .slice(0, 190);
  return `${base || 'file'}.${ending}`;
}

/** Pictures are shown, documents are saved: a PDF may hold scripts. */
function disposition(name: string, type: string): string {
  const way = type.startsWith('image/') ? 'inline' : 'attachment';
  return `${way}; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`;
}
