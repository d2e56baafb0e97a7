import { resourceNamed } from '@desk/schema';
import { callApi } from '../platform/client.ts';
import { useSay } from '../platform/i18n/index.ts';
import { runAction } from '../platform/mutations.ts';
import { may } from '../platform/viewer.ts';
import { ExportDialog } from '../ui/ExportDialog.tsx';
import { reportTexts } from './texts.ts';

interface ExportFiguresProps {
  /** The right that it needs, and the mutation that records it. */
  right: string;
  mutation: string;
  /** What is taken away. */
  sent: object;
  fileName: string;
}

/** Takes figures away as a spreadsheet: with a right, a reason, and a record of it (handbook S-7). */
export function ExportFigures({ right, mutation, sent, fileName }: ExportFiguresProps) {
  const { tell } = useSay();
  const owner = resourceNamed('exportRecords');
  if (!owner || !may(owner, right)) return null;
  const run = async (reason: string) => {
    const { record } = await runAction(owner, mutation, { ...sent, reason });
    const response = await callApi(`/exports/${record.id}`, {});
    if (!response.ok) throw new Error(((await response.json()) as { message: string }).message);
    const url = URL.createObjectURL(await response.blob());
    const link = document.createElement('a');
    link.href = url;
    link.download = fileName;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return <ExportDialog label={tell(reportTexts.export)} run={run} />;
}
