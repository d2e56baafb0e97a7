import type { Client, World } from './world.ts';

export interface Uploaded {
  id: string;
  name: string;
  type: string;
  size: number;
  width: number | null;
  height: number | null;
  url: string;
  thumbnail: string | null;
  code?: string;
  message?: string;
}

/** Sends a file as a console or an app does, and answers what the API says of it. */
export async function sendFile(
  { app }: World,
  by: Client,
  bytes: Uint8Array,
  { name = '现场.jpg', headers = { 'x-requested-with': 'desk' } as Record<string, string> } = {},
): Promise<{ status: number; body: Uploaded }> {
  const form = new FormData();
  form.append('file', new Blob([Buffer.from(bytes)]), name);
  const response = await fetch(`${app.url}/files`, {
    method: 'POST',
    body: form,
    headers: { ...by.headers, ...headers },
  });
  return { status: response.status, body: (await response.json()) as Uploaded };
}

/** Asks for a file by its path. */
export const fetchFile = ({ app }: World, by: Client, path: string, headers: Record<string, string> = {}) =>
  fetch(`${app.url}${path}`, { headers: { ...by.headers, ...headers } });
