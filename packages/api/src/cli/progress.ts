interface Shown {
  percent: number;
  done: number;
  total: number | null;
}

const cells = 30;

/** A bar on a terminal; elsewhere a line for each quarter of the way. */
export function progressBar(stream: NodeJS.WriteStream): { show(progress: Shown): void; end(): void } {
  let told = -1;
  const line = ({ percent, done, total }: Shown): string =>
    total === null ? `reading: ${done} rows` : `writing: ${done} of ${total} rows (${Math.floor(percent)} %)`;
  if (!stream.isTTY)
    return {
      show: (progress) => {
        const quarter = Math.floor(progress.percent / 25);
        if (quarter <= told) return;
        told = quarter;
        stream.write(`${line(progress)}\n`);
      },
      end: () => undefined,
    };
  return {
    show: (progress) => {
      const filled = Math.floor((progress.percent / 100) * cells);
      stream.write(`\r\x1B[K[${'#'.repeat(filled)}${'.'.repeat(cells - filled)}] ${line(progress)}`);
      told = progress.percent;
    },
    end: () => {
      if (told >= 0) stream.write('\n');
    },
  };
}
