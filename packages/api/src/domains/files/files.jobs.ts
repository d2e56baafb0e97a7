import { fileWaits } from '@desk/schema/files/limits';
import type { Services } from '../../platform/context.ts';
import type { FileStore } from '../../platform/files/store.ts';
import type { DueRow, Job } from '../../platform/jobs/job.ts';
import { removeForgotten } from './files.service.ts';

/** The contents that this process keeps; known once the routes are mounted. */
export const stores = new WeakMap<Services, FileStore>();

/** Photos show homes and people: what nobody attached within a day is not kept. */
export const forgetFiles: Job = {
  name: 'file.forget',
  about: 'Removes uploaded files that were attached to nothing within a day (S-7).',
  every: { seconds: 600 },
  async run(host) {
    const store = stores.get(host.services);
    if (!store) return 0;
    const before = new Date(host.now().getTime() - fileWaits * 3_600_000);
    const rows = await host.due<DueRow>(
      `select organisation_id as "organisationId", id from file
       where subject_id is null and uploaded_at < $1 order by uploaded_at limit 100`,
      [before],
    );
    return host.each(rows, (tx, { id }) => removeForgotten(tx, store, id, before));
  },
};
