/** The import wizard as the console drives it: upload, run, wait. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client, World } from '../harness/world.ts';

export const csv = '栋号,房间号,建筑面积,说明\n1栋,101,89.5㎡,好\n1栋,102,约90,\n';

export async function upload(
  { app }: World,
  client: Client,
  query: Record<string, string>,
  content: string | Uint8Array = csv,
  headers: Record<string, string> = { 'x-requested-with': 'desk' },
) {
  const form = new FormData();
  form.append('file', new Blob([Buffer.from(content)]), '房屋.csv');
  const url = `${app.url}/imports?${new URLSearchParams(query)}`;
  const response = await fetch(url, {
    method: 'POST',
    body: form,
    headers: { ...client.headers, ...headers },
  });
  // biome-ignore lint/suspicious/noExplicitAny: read beside what is expected of it
  return { status: response.status, body: (await response.json()) as any };
}

const fields =
  'id version status dryRun skipBad percent done total created updated unchanged skipped failed failure fileName resource problems(first: 10) { totalCount nodes { row column field severity value message } }';

export async function ended(client: Client, id: string) {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const data = await client.query(`query($id: ID!) { import(id: $id) { ${fields} } }`, { id });
    if (data.import.status !== 'RUNNING') return data.import;
    await pause(50);
  }
  throw new Error('the import does not end');
}

export async function run(client: Client, input: object) {
  const { import: started, userErrors } = await client.mutate(
    'importRun',
    input,
    'import { id version status }',
  );
  return {
    started,
    userErrors,
    end: started && userErrors.length === 0 ? await ended(client, started.id) : undefined,
  };
}
