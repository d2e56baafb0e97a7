import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Well formed, and older than anything that is kept. */
export const goneCursor = Buffer.from('1.1.1').toString('base64url');

/** An example client of docs/examples/ in a process of its own, as a reader starts it. */
export function example(name: string, parameters: readonly string[]) {
  const script = fileURLToPath(new URL(`../../../../docs/examples/${name}.mjs`, import.meta.url));
  const child = spawn(process.execPath, [script, ...parameters], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [heard, said] = [child.stdout, child.stderr].map((input) =>
    createInterface({ input })[Symbol.asyncIterator](),
  );
  const exited = once(child, 'exit');
  const next = async (lines: typeof heard): Promise<string> => (await lines?.next())?.value ?? '';
  return {
    /** The next line of its output; empty when there is no more. */
    line: () => next(heard),
    /** The next line of its error output. */
    complaint: () => next(said),
    /** Its exit code, when it ends by itself. */
    exited: async (): Promise<number | null> => (await exited)[0],
    end: async (): Promise<void> => {
      child.kill();
      await exited;
    },
  };
}

/** A way to the server whose connections can be cut. */
export async function cuttable(server: string) {
  const wires = new Set<Socket>();
  const proxy = createServer((wire) => {
    const onward = connect(Number(new URL(server).port), '127.0.0.1');
    for (const end of [wire, onward]) end.on('error', () => undefined).on('close', () => onward.destroy());
    wires.add(wire.pipe(onward).pipe(wire) as Socket);
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    cut: () => {
      for (const wire of wires) wire.destroy();
      wires.clear();
    },
    close: () => proxy.close(),
  };
}
