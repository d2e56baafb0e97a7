import { type Locale, say, type Text } from '@desk/schema';
import { figuresDescriptor } from '@desk/schema/reports/descriptor';
import { type FigureGroup, figureGroupNames, figureGroups } from '@desk/schema/reports/enums';
import { largestExport } from '@desk/schema/reports/limits';
import { departments, ticketKinds } from '@desk/schema/tickets/enums';
import { ticketLifecycle } from '@desk/schema/tickets/lifecycle';
import ExcelJS from 'exceljs';
import type { FastifyReply } from 'fastify';
import type { Rows } from '../../platform/db/database.ts';
import type { Host } from '../../platform/domain.ts';
import { Refusal, refuse } from '../../platform/errors.ts';
import { decodeId } from '../../platform/ids.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { exportedTickets, figureScope } from './export.service.ts';
import { figuresSql } from './figures.sql.ts';
import { type Figures, figuresFrom } from './figures.ts';
import { monthSheets } from './monthly-sheets.ts';
import { figureColumns, ticketColumns } from './sheets.ts';

/** How long the file of an export can be fetched, in minutes; afterwards it is asked for anew, with a reason. */
const validMinutes = 60;
const page = 1000;

/** A text that a spreadsheet would take for a formula stays a text. */
export const guarded = (value: unknown): unknown =>
  typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;

/** `GET /exports/:id`: the file of an export that the same person recorded within the last hour (handbook S-7). */
export async function mountExports(host: Host): Promise<void> {
  host.fastify.get('/exports/:id', async (request, reply) => {
    let locale: Locale = 'zh-CN';
    try {
      const caller = await host.callerOf(request);
      locale = caller.locale;
      const viewer = caller.viewer ?? refuse('UNAUTHENTICATED');
      const { id } = request.params as { id: string };
      return await send(host, viewer, decodeId('export', id) ?? '', locale, reply);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const status = { UNAUTHENTICATED: 401, NOT_FOUND: 404 }[error.code as string] ?? 403;
      return reply.code(status).send({ code: error.code, message: error.text(locale) });
    }
  });
}

async function send(host: Host, viewer: Viewer, id: string, locale: Locale, reply: FastifyReply) {
  const { db, clock } = host.services;
  const read = (text: string, values: unknown[]) => db.read(viewer.organisationId, text, values);
  const since = new Date(clock.now().getTime() - validMinutes * 60_000);
  const [row] = id
    ? await read(
        `select x.community_id, x."from"::text, x."to"::text, x.group_by, m.month, m.content from export_record x
         left join monthly_report m on m.organisation_id = x.organisation_id and m.id = x.report_id
         where x.id = $1 and x.actor_id = $2 and x.created_at > $3 and x.resource is null`,
        [id, viewer.actor.id, since],
      )
    : [];
  if (!row) return refuse('NOT_FOUND', { field: ['id'], rule: 'S-7' });
  const [community, from, to, groupBy, month, content] = row as [
    string | null,
    string,
    string,
    FigureGroup,
    string | null,
    string | null,
  ];
  if (content) {
    const book = begin(reply, `month-${month}`);
    const groups = figureGroupNames.filter(
      (group) => group !== 'MONTH' && (group !== 'PERSON' || viewer.may(figuresDescriptor, 'person')),
    );
    for (const { name, heads, rows } of monthSheets(JSON.parse(content), groups, locale)) {
      const made = sheet(book, name, locale, heads);
      for (const cells of rows) made.addRow(cells.map(guarded)).commit();
      made.commit();
    }
    return book.commit();
  }
  const scope = figureScope(viewer, groupBy);
  const query = figuresSql({ from, to, groupBy, scope, ...(community && { community }) });
  const { total, groups } = figuresFrom(await read(query.text, query.values), groupBy, locale);

  const book = begin(reply, `tickets-${from}-${to}`);
  const first = sheet(book, texts.figures, locale, [
    figureGroups[groupBy],
    ...figureColumns.map(({ label }) => label),
  ]);
  for (const figures of [total, ...groups])
    first.addRow([guarded(figures.label), ...figureColumns.map(({ of }) => of(figures as Figures))]).commit();
  first.commit();
  const second = sheet(book, texts.tickets, locale, ticketColumns);
  for await (const tickets of pages(viewer, { from, to }, community, read))
    for (const ticket of tickets) second.addRow(spoken(ticket, locale).map(guarded)).commit();
  second.commit();
  await book.commit();
}

/** The answer is a spreadsheet of that name from here on, sent as it is written. */
function begin(reply: FastifyReply, name: string): ExcelJS.stream.xlsx.WorkbookWriter {
  reply.hijack();
  reply.raw.writeHead(200, {
    'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'content-disposition': `attachment; filename="${name}.xlsx"`,
    'cache-control': 'no-store',
  });
  return new ExcelJS.stream.xlsx.WorkbookWriter({ stream: reply.raw, useStyles: true });
}

const texts = {
  figures: { zh: '统计', en: 'Figures' },
  tickets: { zh: '工单', en: 'Tickets' },
} satisfies Record<string, Text>;

function sheet(book: ExcelJS.stream.xlsx.WorkbookWriter, name: Text, locale: Locale, heads: readonly Text[]) {
  const made = book.addWorksheet(say(name, locale), { views: [{ state: 'frozen', ySplit: 1 }] });
  made.columns = heads.map((head) => ({ header: say(head, locale), width: 16 }));
  made.getRow(1).font = { bold: true };
  made.getRow(1).commit();
  return made;
}

/** The tickets in pages by id, so that no export holds more than one of them in memory. No names, no phones. */
async function* pages(
  viewer: Viewer,
  period: { from: string; to: string },
  community: string | null,
  read: (text: string, values: unknown[]) => Promise<Rows>,
): AsyncGenerator<Rows> {
  let after: unknown = '00000000-0000-0000-0000-000000000000';
  for (let sent = 0; sent < largestExport; sent += page) {
    const { params, where } = exportedTickets(viewer, period, community);
    const beyond = params.add(after, 'uuid');
    const rows = await read(
      `select t.id, t.number, t.kind, t.category, c.name, b.name, u.full_name, t.title, t.status, t.department, s.name,
         to_char(t.received_at at time zone c.time_zone, 'YYYY-MM-DD HH24:MI'), to_char(t.done_at at time zone c.time_zone, 'YYYY-MM-DD HH24:MI'),
         to_char(t.closed_at at time zone c.time_zone, 'YYYY-MM-DD HH24:MI'), t.round, t.satisfaction
       from community c join ticket t on t.community_id = c.id left join building b on b.id = t.building_id
         left join unit u on u.id = t.unit_id left join staff s on s.id = t.assignee_id
       where ${where} and t.id > ${beyond} order by t.id limit ${page}`,
      params.values,
    );
    if (rows.length > 0) yield rows;
    if (rows.length < page) return;
    after = rows.at(-1)?.[0];
  }
}

const labels: Record<number, Record<string, Text>> = {
  1: ticketKinds,
  7: ticketLifecycle.states,
  8: departments,
};

const spoken = ([, ...values]: unknown[], locale: Locale): unknown[] =>
  values.map((value, at) => {
    const label = labels[at]?.[String(value)];
    return label ? say(label, locale) : value;
  });
