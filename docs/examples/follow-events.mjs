/**
 * Follows all events and prints a line for each; reconnects by itself and resumes behind the last one it printed.
 * Usage: node docs/examples/follow-events.mjs <address> <token> [cursor]
 */
import { changes } from './resume.mjs';

const [address, token, start] = process.argv.slice(2);
if (!address || !token) {
  console.error('usage: follow-events.mjs <address> <token> [cursor]');
  process.exit(2);
}

const api = { address, token };
const query = `subscription($after: String) {
  events(after: $after) { cursor type at actor { name } subject { id } }
}`;

for await (const event of changes(api, query, {}, start)) {
  if (event.resync) {
    console.error('resync: reading everything'); // here
    continue;
  }
  console.log(
    `${event.at} ${event.type} ${event.subject?.id ?? '-'} by ${event.actor.name} (${event.cursor})`,
  );
}
