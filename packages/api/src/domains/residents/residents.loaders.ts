import type { Reader } from '../../platform/read/reader.ts';

/** Time zones of communities, one statement for all rows of a request. */
export function zonesOf(read: Reader): (communityId: string) => Promise<string> {
  return read.loader<string>(zonesOf, 'zone', async (ids) => {
    const rows = await read.run('select id, time_zone from community where id = any($1::uuid[])', [ids]);
    const zones = new Map(rows.map(([id, zone]) => [id as string, zone as string]));
    return ids.map((id) => zones.get(id) ?? 'UTC');
  });
}
