import type { DueRow, Job } from '../../platform/jobs/job.ts';
import { Notice } from './notice.entity.ts';

const batch = 200;

/** A notice whose time is over ends by itself (handbook H-8), so that nobody is told of water that runs again. */
const endOfNotices: Job = {
  name: 'notice.end',
  about: 'Ends published notices whose time is over (handbook H-8).',
  every: { seconds: 30 },
  async run(host) {
    const due = await host.due<DueRow>(
      `select organisation_id as "organisationId", id from notice
       where status = 'PUBLISHED' and ends_at is not null and ends_at <= $1 order by ends_at limit ${batch}`,
      [host.now()],
    );
    return host.each(due, async (tx, { id }) => {
      const notice = await tx.em.findOneOrFail(Notice, { id });
      await tx.lock(notice);
      if (notice.status !== 'PUBLISHED' || !notice.endsAt || notice.endsAt > tx.now) return false;
      tx.assign(tx.move(notice, 'end'), { endedAt: tx.now });
      return true;
    });
  },
};

export const noticeJobs: readonly Job[] = [endOfNotices];
