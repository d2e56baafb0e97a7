import type pg from 'pg';

/** Whoever holds a connection that ended gets this long, in milliseconds, to notice and to give it back. */
const grace = 1_000;

/**
 * Takes back connections that ended while somebody held them. Kysely forgets the connection of a transaction that cannot
 * even be rolled back; without this a restart of the database would leave the pool empty for ever.
 */
export function reclaimLost(pool: pg.Pool): void {
  const held = new Set<pg.PoolClient>();
  pool.on('error', () => undefined); // an idle connection that the server closed; the pool has already dropped it
  pool.on('acquire', (client) => held.add(client));
  pool.on('release', (_error, client) => held.delete(client as pg.PoolClient));
  pool.on('connect', (client) => {
    client.on('error', () => undefined); // its queries are answered with the error
    client.once('end', () => {
      setTimeout(() => held.has(client) && client.release(true), grace).unref();
    });
  });
}
