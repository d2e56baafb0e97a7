import { resourceNamed } from '@desk/schema';
import CloseIcon from '@mui/icons-material/Close';
import EditIcon from '@mui/icons-material/EditOutlined';
import FullIcon from '@mui/icons-material/OpenInFullOutlined';
import PrintIcon from '@mui/icons-material/PrintOutlined';
import {
  Box,
  Chip,
  IconButton,
  Link as MuiLink,
  Stack,
  type Theme,
  Tooltip,
  Typography,
  useMediaQuery,
} from '@mui/material';
import { type ReactNode, useEffect, useRef } from 'react';
import { Loading, useGetOne } from 'react-admin';
import { Link } from 'react-router-dom';
import { useSay } from '../../platform/i18n/index.ts';
import type { DeskRecord } from '../../platform/mutations.ts';
import { may } from '../../platform/viewer.ts';
import { ActionBar } from '../../ui/ActionBar.tsx';
import { Colleagues } from '../../ui/Colleagues.tsx';
import { Details } from '../../ui/Details.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { History } from '../../ui/History.tsx';
import { Related } from '../../ui/Related.tsx';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { PromisePanel } from '../promises/PromisePanel.tsx';
import { AddRelated } from './AddRelated.tsx';
import { isOpen } from './open.ts';
import { PromiseBadge } from './PromiseBadge.tsx';
import type { Promised } from './promise.ts';
import { deskTexts } from './texts.ts';

/** What the heading and the panel of the promises say. */
const fieldsAbove = ['title', 'promiseState', 'nextDueAt'];
const relatedAbove = ['escalations'];

/** On a phone the actions stay at the bottom, under the thumb, as large as a thumb; elsewhere they stand below the title. */
const thumb = {
  order: { xs: 9, md: 0 },
  position: { xs: 'sticky', md: 'static' },
  bottom: 0,
  zIndex: 1,
  mx: { xs: -2, md: 0 },
  p: { xs: 1, md: 0 },
  bgcolor: 'background.paper',
  borderTop: { xs: 1, md: 0 },
  borderColor: 'divider',
  // However many there are, the ticket above them stays in sight.
  maxHeight: { xs: '50dvh', md: 'none' },
  overflowY: 'auto',
  '& > section > div:first-of-type > button': {
    minHeight: { xs: 52, md: 36 },
    flex: { xs: '1 1 40%', md: '0 0 auto' },
    fontSize: { xs: 16, md: 14 },
  },
  // What is not possible now stays out of the way of the thumb; the full page explains it.
  '& > section > div:nth-of-type(2)': { display: { xs: 'none', md: 'block' } },
} as const;

interface TicketPaneProps {
  id: string;
  letters: ReadonlyMap<string, string>;
  asked: string | undefined;
  onAsk(name: string | undefined): void;
  /** Told the record as it is now, so that the page's keys know what it allows. */
  onRecord(record: DeskRecord): void;
  onClose(): void;
}

/** The open ticket: state, promise, what can be done, everything known of it. Live, and never over what is being typed. */
export function TicketPane({ id, letters, asked, onAsk, onRecord, onClose }: TicketPaneProps) {
  const { tell } = useSay();
  const owner = resourceNamed('tickets');
  const narrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('md'));
  const { data, error, isPending, refetch } = useGetOne<DeskRecord>(
    'tickets',
    { id },
    { onError: () => undefined },
  );
  useEffect(() => {
    if (data) onRecord(data);
  }, [data, onRecord]);
  const heading = useRef<HTMLHeadingElement>(null);
  // The keyboard follows what was opened: the next Tab is in the ticket, and a screen reader says its name.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  // After an action that is possible no longer its button is gone: the keyboard goes on from the heading.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again when a dialog closes or the ticket changes
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, [asked, data?.version]);
  // There before the first key asks for it: what is typed next belongs into the dialog.
  useEffect(() => void import('../../ui/ActionDialog.tsx'), []);
  if (!owner) return null;
  const name = String(data?.number ?? '');
  return (
    <Box
      component="section"
      aria-label={`${tell(owner.label)} ${name}`}
      sx={{ p: 2, display: 'grid', gap: 2 }}
    >
      <Stack sx={{ gap: 1, flexDirection: { xs: 'column-reverse', md: 'row' } }}>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Typography
            ref={heading}
            tabIndex={-1}
            variant="h5"
            component="h2"
            sx={{
              overflowWrap: 'anywhere',
              fontSize: { xs: '1.2rem', md: '1.5rem' },
              '&:focus': { outline: 'none' },
            }}
          >
            {String(data?.title ?? '…')}
          </Typography>
          {data && <Summary record={data} />}
        </Box>
        <Stack direction="row" sx={{ alignSelf: { xs: 'flex-end', md: 'flex-start' } }}>
          {data && owner.update && may(owner, 'update') && isOpen(data) && (
            <Tool label={tell(deskTexts.edit)} to={`/tickets/${id}`}>
              <EditIcon />
            </Tool>
          )}
          <Tool label={tell(deskTexts.print)} to={`/work-order/${id}`}>
            <PrintIcon />
          </Tool>
          <Tool label={tell(deskTexts.fullPage)} to={`/tickets/${id}/show`}>
            <FullIcon />
          </Tool>
          <Tooltip title={tell(deskTexts.close)}>
            <IconButton aria-label={tell(deskTexts.close)} onClick={onClose} size="small">
              <CloseIcon />
            </IconButton>
          </Tooltip>
        </Stack>
      </Stack>
      <Failure error={error} retry={refetch} />
      {isPending && <Loading />}
      {data && (
        <>
          <Colleagues subject={id} mode={asked ? 'EDITING' : 'VIEWING'} />
          <Box sx={thumb}>
            <ActionBar owner={owner} record={data} letters={letters} asked={asked} onAsk={onAsk} />
          </Box>
          {!narrow && <PromisePanel record={data} />}
          <Details owner={owner} record={data} without={fieldsAbove} />
          {/* On his round a steward needs the matter and the place; the badge above says how it stands. */}
          {narrow && <PromisePanel record={data} />}
          <AddRelated owner={owner} record={data} letters={letters} asked={asked} onAsk={onAsk} />
          <Related owner={owner} record={data} without={relatedAbove} />
          <History owner={owner} record={data} />
        </>
      )}
    </Box>
  );
}

/** Number, state and promise in one line; the place leads to its file. */
function Summary({ record }: { record: DeskRecord }) {
  const { tell } = useSay();
  const owner = resourceNamed('tickets');
  const unit = record.unit as { id: string; fullName: string } | null;
  return (
    <Stack direction="row" sx={{ gap: 1, mt: 0.5, flexWrap: 'wrap', alignItems: 'center' }}>
      <Typography component="span" color="textSecondary">
        {String(record.number)}
      </Typography>
      {owner?.lifecycle && <StatusChip lifecycle={owner.lifecycle} state={String(record.status)} />}
      {record.urgent === true && <Chip size="small" color="error" label={tell(deskTexts.urgent)} />}
      <PromiseBadge promised={record as Promised} />
      {unit && (
        <MuiLink component={Link} to={`/units/${unit.id}/show`}>
          {unit.fullName}
        </MuiLink>
      )}
    </Stack>
  );
}

function Tool({ label, to, children }: { label: string; to: string; children: ReactNode }) {
  return (
    <Tooltip title={label}>
      <IconButton component={Link} to={to} aria-label={label} size="small">
        {children}
      </IconButton>
    </Tooltip>
  );
}
