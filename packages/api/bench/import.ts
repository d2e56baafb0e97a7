/**
 * How long a large file takes and how much memory: `npm run bench:import -- [rows]`. Uses DATABASE_URL, or an embedded
 * server of its own that is gone afterwards.
 */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { runImport, targetOf } from '../src/domains/imports/index.ts';
import { domains } from '../src/domains.ts';
import { systemViewer } from '../src/platform/auth/system.ts';
import { systemClock } from '../src/platform/clock.ts';
import { openDatabase } from '../src/platform/db/database.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { newUuid } from '../src/platform/ids.ts';
import { migrate } from '../src/platform/migrate.ts';

const rows = Number(process.argv[2] ?? 100_000);
const files = {
  units: {
    header: '楼栋,房号,类型,楼层,建筑面积,户型,朝向,备注,外部编号',
    row: (n: number) =>
      `${1 + (n % 400)}栋,${Math.floor(n / 400) + 101},住宅,${1 + (n % 30)},${50 + (n % 90)}.5㎡,2室1厅1卫,南 北,第${n}行,K${n}`,
    mapping: {
      building: '楼栋',
      number: '房号',
      kind: '类型',
      floor: '楼层',
      area: '建筑面积',
      layout: '户型',
      orientation: '朝向',
      note: '备注',
      externalKey: '外部编号',
    },
  },
  tickets: {
    header: '单号,标题,内容,类型,位置,报事时间,渠道',
    row: (n: number) =>
      `T${n},水管漏水 ${n},厨房水管漏水需要维修第${n}次,公共区域报修,${1 + (n % 400)}栋大堂,2026-10-${String(1 + (n % 28)).padStart(2, '0')} 08:30,热线`,
    mapping: {
      externalKey: '单号',
      title: '标题',
      description: '内容',
      kind: '类型',
      location: '位置',
      receivedAt: '报事时间',
      channel: '渠道',
    },
  },
} as const;

const folder = await mkdtemp(join(tmpdir(), 'desk-bench-'));
const server = process.env.DATABASE_URL
  ? { url: process.env.DATABASE_URL, stop: async () => undefined }
  : await startEmbeddedPostgres({ dataDir: join(folder, 'data'), log: () => undefined });
try {
  await migrate(server.url);
  const db = await openDatabase({
    url: server.url,
    pool: 4,
    readSeconds: 60,
    entities: domains.flatMap((domain) => domain.entities) as (new () => object)[],
  });
  const [organisation, community] = [newUuid(), newUuid()];
  await db.owner.query('insert into organisation (id, name) values ($1, $2)', [
    organisation,
    `bench ${organisation}`,
  ]);
  await db.owner.query(
    `insert into community (organisation_id, id, version, created_at, updated_at, code, name) values ($1, $2, 1, now(), now(), 'BENCH', 'bench')`,
    [organisation, community],
  );
  for (const [name, { header, row, mapping }] of Object.entries(files)) {
    const path = join(folder, `${name}.csv`);
    await pipeline(
      Readable.from(
        (function* () {
          yield `${header}\n`;
          for (let n = 0; n < rows; n += 1) yield `${row(n)}\n`;
        })(),
      ),
      createWriteStream(path),
    );
    for (const run of ['first', 'again']) {
      globalThis.gc?.();
      const before = process.memoryUsage().rss;
      let peak = before;
      const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
      const start = performance.now();
      const { status, created, updated, unchanged, failed } = await runImport(db, systemClock, {
        target: targetOf(name as keyof typeof files),
        path,
        fileName: `${name}.csv`,
        mapping: { columns: mapping },
        community: { id: community, timeZone: 'Asia/Shanghai' },
        viewer: systemViewer(organisation, 'bench'),
        dryRun: false,
        skipBad: false,
      });
      clearInterval(watch);
      const seconds = (performance.now() - start) / 1000;
      const growth = Math.round((peak - before) / 1024 / 1024);
      console.log(
        `${name} ${run}: ${status}, ${rows} rows in ${seconds.toFixed(1)} s, memory +${growth} MB; created ${created}, updated ${updated}, unchanged ${unchanged}, failed ${failed}`,
      );
    }
  }
  await db.close();
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
