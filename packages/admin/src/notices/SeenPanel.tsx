import { Alert, Button, Card, CardContent, LinearProgress, Stack, Typography } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotify } from 'react-admin';
import { useSay } from '../platform/i18n/index.ts';
import { runAction } from '../platform/mutations.ts';
import type { ShowPanel } from '../ui/ResourceShow.tsx';

const texts = {
  seen: { zh: '已读 {seen} / {all}', en: 'Seen by {seen} of {all}' },
  mark: { zh: '我已阅读', en: 'I have read it' },
  late: { zh: '未按规定提前通知（H-8）', en: 'Told later than promised (H-8)' },
};

/** How far a notice has reached, and the reader's own mark (handbook H-8). Who has not seen it stands in the list below. */
export const SeenPanel: ShowPanel = ({ owner, record }) => {
  const { tell } = useSay();
  const notify = useNotify();
  const queries = useQueryClient();
  const [all, seen] = [Number(record.recipientCount ?? 0), Number(record.seenCount ?? 0)];
  const mark = useMutation({
    mutationFn: () => runAction(owner, 'noticeMarkSeen', { notice: record.id }),
    onSuccess: () => queries.invalidateQueries(),
    onError: (error) => notify(error.message, { type: 'error' }),
  });
  if (record.status === 'DRAFT') return null;
  const label = tell(texts.seen, { seen, all });
  return (
    <Card variant="outlined" component="section" aria-label={label}>
      <CardContent>
        <Stack sx={{ gap: 1 }}>
          {record.lateReason != null && <Alert severity="warning">{tell(texts.late)}</Alert>}
          <Stack direction="row" sx={{ gap: 2, alignItems: 'center', flexWrap: 'wrap' }}>
            <Typography sx={{ flex: 1 }}>{label}</Typography>
            <Button variant="outlined" size="small" loading={mark.isPending} onClick={() => mark.mutate()}>
              {tell(texts.mark)}
            </Button>
          </Stack>
          <LinearProgress
            variant="determinate"
            value={all === 0 ? 0 : (seen / all) * 100}
            aria-label={label}
          />
        </Stack>
      </CardContent>
    </Card>
  );
};
