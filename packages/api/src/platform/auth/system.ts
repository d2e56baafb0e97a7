import { type Locale, staffRoles } from '@desk/schema';
import type { Clock } from '../clock.ts';
import type { Database, EntityManager } from '../db/database.ts';
import { Viewer } from '../viewer.ts';
import { Journal, keepJournal } from '../write/history.ts';
import { Tx } from '../write/tx.ts';

/** Who acts when nobody signed in: the command line, the demo, timers. Recorded as such in the history (handbook P-6). */
const systemId = '00000000-0000-7000-8000-000000000000';

/** The system itself, with all rights of staff in one organisation. */
export function systemViewer(organisationId: string, name = 'system'): Viewer {
  const assignments = staffRoles.map((role) => ({ role, communityId: null, buildingIds: null }));
  return new Viewer({ id: systemId, kind: 'SYSTEM', name }, organisationId, assignments);
}

/**
 * Runs commands outside GraphQL: one transaction with the tenant set, history and events written before the commit, as
 * mutations do. Refusals are thrown. `reason` is recorded with every change that gives none of its own.
 */
export async function runAs<T>(
  db: Database,
  viewer: Viewer,
  clock: Clock,
  work: (tx: Tx) => Promise<T>,
  { locale = 'zh-CN', reason }: { locale?: Locale; reason?: string } = {},
): Promise<T> {
  const variables = { 'app.org': viewer.organisationId };
  return db.orm.em.fork().transactional(
    async (forked) => {
      const em = forked as EntityManager;
      const journal = new Journal(viewer.actor, viewer.organisationId, clock.now(), reason);
      keepJournal(em, journal);
      const result = await work(new Tx(em, viewer, locale, journal.now, journal));
      await em.flush();
      journal.write(em);
      return result;
    },
    { sessionContext: { variables } },
  );
}
