import { errors, type Move, type ResourceDescriptor, resources, roles } from '@desk/schema';

/** Pages made from the tables that the product runs on, so that they cannot say anything else. */
export function generatedDocs(): Record<string, string> {
  return { 'glossary.md': glossary(), 'life-cycles.md': lifeCycles(), 'errors.md': errorList() };
}

const made = (command: string) => `<!-- Made by \`${command}\`; change packages/schema instead. -->\n`;
const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');

function glossary(): string {
  const terms = resources.map((r) => [`\`${r.type}\``, r.label.en, r.label.zh, fieldTerms(r)]);
  const states = resources.flatMap((r) =>
    Object.entries(r.lifecycle?.states ?? {}).map(([state, text]) => [
      `\`${r.type}.${state}\``,
      text.en,
      text.zh,
    ]),
  );
  return `# Glossary

${made('npm run docs')}
One English and one Chinese term for each thing. They are the labels of the console, the words of the messages and the names in the API.

## Resources and their fields

${table(['In the API', 'English', '中文', 'Fields'], terms)}

## States

${table(['In the API', 'English', '中文'], states)}

## Roles

${table(
  ['In the API', 'English', '中文'],
  Object.entries(roles).map(([role, text]) => [`\`${role}\``, text.en, text.zh]),
)}
`;
}

const fieldTerms = ({ fields }: ResourceDescriptor): string =>
  Object.entries(fields)
    .map(([name, { label }]) => `\`${name}\` ${label.zh}`)
    .join(', ');

function lifeCycles(): string {
  const sections = resources
    .filter((r) => r.lifecycle)
    .map((r) => {
      const { lifecycle, label, type } = r as Required<Pick<ResourceDescriptor, 'lifecycle'>> &
        ResourceDescriptor;
      const edges = lifecycle.moves.flatMap((move) =>
        move.from
          .filter((from) => from !== move.to) // acts that leave the state as it is are in the table only
          .map((from) => `  ${from} --> ${move.to}: ${move.action}`),
      );
      const final = lifecycle.final.map((state) => `  ${state} --> [*]`);
      const rows = oneRowEach(lifecycle.moves).map((move) => [
        `\`${move.action}\``,
        `${move.label.en} (${move.label.zh})`,
        move.from.join(', '),
        move.stays ? '=' : move.to,
        move.who.map((role) => roles[role].en).join(', '),
        (move.needs ?? []).map((need) => `\`${need}\``).join(', '),
        move.rule ?? '',
      ]);
      return `## ${label.en} (${label.zh}, \`${type}\`)

\`\`\`mermaid
stateDiagram-v2
  [*] --> ${lifecycle.initial}
${[...edges, ...final].join('\n')}
\`\`\`

${table(['Move', 'Name', 'From', 'To', 'Who', 'Needs', 'Handbook'], rows)}`;
    });
  return `# Life cycles

${made('npm run docs')}
The server guards with these tables, \`availableActions\` answers from them, and the console draws its buttons from them.

${sections.join('\n\n')}
`;
}

/** Acts within several states are one row. */
function oneRowEach(moves: readonly Move[]): (Move & { stays: boolean })[] {
  const rows = new Map<string, Move & { stays: boolean }>();
  for (const move of moves) {
    const stays = move.from.every((from) => from === move.to);
    const key = stays ? move.action : `${move.action} ${move.to}`;
    const before = rows.get(key);
    rows.set(key, { ...move, stays, from: [...(before?.from ?? []), ...move.from] });
  }
  return [...rows.values()];
}

function errorList(): string {
  const rows = Object.entries(errors).map(([code, { text, ...rest }]) => [
    `\`${code}\``,
    text.en,
    text.zh,
    'rule' in rest ? String(rest.rule) : '',
  ]);
  return `# Error codes

${made('npm run docs')}
The closed list. A code never changes its meaning; the message comes in the caller's language.

${table(['Code', 'English', '中文', 'Handbook'], rows)}
`;
}
