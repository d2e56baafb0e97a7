import type { Scope } from '@desk/schema';
import { handbookNumbers } from '@desk/schema/policies/numbers';
import type { Rows } from '../../platform/db/database.ts';
import { Params } from '../../platform/read/params.ts';
import type { Period } from './figures.sql.ts';

/**
 * The share of satisfied residents that was aimed at by the end of a period (handbook T-12): of one community its policy's,
 * of several the highest.
 */
export function targetSql({
  to,
  scope,
  community,
}: Period & { scope: Scope; community?: string | undefined }): {
  text: string;
  values: unknown[];
} {
  const params = new Params();
  const day = params.add(to, 'date');
  const conditions = community ? [`c.id = ${params.add(community, 'uuid')}`] : [];
  if (!scope.all) {
    const around = params.add(scope.communityIds, 'uuid[]');
    const within = params.add(scope.buildingIds, 'uuid[]');
    conditions.push(
      `(c.id = any(${around}) or exists (select from building b where b.community_id = c.id and b.id = any(${within})))`,
    );
  }
  const text = `
    select max(p.satisfaction_percent) from community c cross join lateral (
      select satisfaction_percent from policy
      where community_id = c.id and effective_from < ((${day} + 1)::timestamp at time zone c.time_zone)
      order by effective_from desc limit 1) p
    where ${conditions.join(' and ') || 'true'}`;
  return { text, values: params.values };
}

export const targetFrom = (rows: Rows): number =>
  (rows[0]?.[0] as number | null | undefined) ?? handbookNumbers.satisfactionPercent;
