import type { Text } from '@desk/schema';
import { type Department, departments } from '@desk/schema/tickets/enums';
import type { Person } from '../dispatch.ts';

const joined = (...parts: readonly (Text | undefined)[]): Text => {
  const known = parts.flatMap((part) => part ?? []);
  return { zh: known.map(({ zh }) => zh).join(' · '), en: known.map(({ en }) => en).join(' · ') };
};
const load = (open: number): Text => ({ zh: `在办 ${open}`, en: `${open} open` });
const onDuty: Text = { zh: '值班中', en: 'on duty' };
const absent: Text = { zh: '缺勤', en: 'absent' };

/** `工程部 · 在办 12` */
export const departmentWords = (department: Department, open: number): Text =>
  joined(departments[department], load(open));

/** `高工程 · 在办 3 · 值班中` */
export const personWords = (person: Person): Text =>
  joined(
    { zh: person.name, en: person.name },
    load(person.open),
    person.absent ? absent : person.onDuty ? onDuty : undefined,
  );
