/**
 * Reports a repair with a photo, and prints every change of the ticket with what the resident was promised, until it ends.
 * With the id of a ticket (and the last cursor that it knew) it goes on following that one.
 * Usage: node docs/examples/resident-app.mjs <address> <token> report <unit> <photo> <title>
 *        node docs/examples/resident-app.mjs <address> <token> follow <ticket> [cursor]
 */
import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { ask, changes, cursorOfNow, request } from './resume.mjs';

const [address, token, command, subject, ...rest] = process.argv.slice(2);
const api = { address, token };
if (!subject || !(command === 'follow' || (command === 'report' && rest.length === 2))) {
  console.error('usage: resident-app.mjs <address> <token> report <unit> <photo> <title>');
  console.error('       resident-app.mjs <address> <token> follow <ticket> [cursor]');
  process.exit(2);
}

const shown = 'status promiseState nextDueAt clocks { kind status dueAt round }';
const ended = ['CLOSED', 'CANCELLED', 'INVALID', 'MERGED', 'OUT_OF_SCOPE'];

/** Of a refusal the resident sees the reason in his language; `rule` is the handbook's. */
function refused(reasons) {
  for (const { code, message, rule } of reasons)
    console.error(`${code}: ${message}${rule ? ` (handbook ${rule})` : ''}`);
  process.exit(1);
}

/** Answers the photo's id. What is sent twice, and never attached, the server forgets after a day. */
async function upload(path) {
  const body = new FormData();
  body.append('file', await openAsBlob(path), basename(path));
  const file = await request(api, '/files', { method: 'POST', body });
  if (file.code) refused([file]);
  console.log(`photo: ${file.name}, ${file.width} × ${file.height}`);
  return file.id;
}

async function report(unit, photo, title) {
  const input = {
    unit,
    kind: 'REPAIR_UNIT',
    title,
    channel: 'WECHAT',
    attachments: [await upload(photo)],
    idempotencyKey: randomUUID(), // made once, so that a lost answer does not make a second ticket
  };
  const document = `mutation($input: TicketCreateInput!) {
    ticketCreate(input: $input) { ticket { id number } userErrors { code message rule } }
  }`;
  const { ticket, userErrors } = (await ask(api, document, { input })).ticketCreate;
  if (userErrors.length > 0) refused(userErrors);
  console.log(`reported: ${ticket.number}`);
  return ticket.id;
}

/** One line: the state, its promises in one word, and each promise of the present round. */
function print(what, { status, promiseState, nextDueAt, clocks }) {
  const round = Math.max(...clocks.map((clock) => clock.round));
  const promises = clocks
    .filter((clock) => clock.round === round)
    .map(
      ({ kind, status: stands, dueAt }) =>
        `${kind} ${stands}${stands === 'RUNNING' ? ` until ${dueAt}` : ''}`,
    );
  console.log(`${what} ${status} (${promiseState}, next due ${nextDueAt ?? '-'}): ${promises.join(', ')}`);
}

const read = async (id) =>
  (await ask(api, `query($id: ID!) { ticket(id: $id) { ${shown} } }`, { id })).ticket;

// The cursor is taken before the report, so that the ticket's creation is the first change.
const after = command === 'report' ? await cursorOfNow(api) : rest[0];
const id = command === 'report' ? await report(subject, ...rest) : subject;
const query = `subscription($id: ID!, $after: String) {
  ticketChanged(after: $after, filter: { id: $id }) { cursor at type ticket { ${shown} } }
}`;
for await (const change of changes(api, query, { id }, after)) {
  const ticket = change.resync ? await read(id) : change.ticket;
  if (!ticket) break; // you may not read it any more
  print(change.resync ? 'read again' : `${change.at} ${change.type}`, ticket);
  if (ended.includes(ticket.status)) break;
}
