import { resourceNamed } from '@desk/schema';
import CloseIcon from '@mui/icons-material/Close';
import PhoneIcon from '@mui/icons-material/PhoneInTalkOutlined';
import { Button, Chip, IconButton, Link as MuiLink, Paper, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import { useNotify } from 'react-admin';
import { Link, useNavigate } from 'react-router-dom';
import { formatMoney } from '../platform/format.ts';
import { useSay } from '../platform/i18n/index.ts';
import { communityOf, currentViewer, may } from '../platform/viewer.ts';
import {
  addressFor,
  type Call,
  type CallCandidate,
  type CallUnit,
  homesOf,
  markOutside,
  ringingCalls,
  takeCall,
} from './ringing.ts';
import { callTexts } from './texts.ts';

/** Live events refresh it at once; this is for a desk without its socket. */
const lookMs = 15_000;

/** Shows who calls while the telephone rings (handbook U-6). It never takes the focus: somebody may be typing. */
export default function CallPopup() {
  const viewer = currentViewer()?.id ?? '';
  const owner = resourceNamed('callRecords');
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const { data = [] } = useQuery({
    queryKey: ['callRecords', 'ringing', viewer],
    enabled: Boolean(viewer && owner && may(owner, 'read')),
    queryFn: ({ signal }) => ringingCalls(viewer, signal),
    refetchInterval: lookMs,
  });
  const call = data.find(({ id }) => !closed.has(id));
  if (!call) return null;
  return <Popup key={call.id} call={call} onClose={() => setClosed(new Set([...closed, call.id]))} />;
}

function Popup({ call, onClose }: { call: Call; onClose(): void }) {
  const { tell } = useSay();
  const navigate = useNavigate();
  const notify = useNotify();
  const title = useId();
  const { candidates, phone, status } = call;
  const [only] = candidates.length === 1 ? candidates : [];
  const name =
    candidates.map((one) => one.name).join('、') || tell(phone ? callTexts.unknown : callTexts.withheld);
  const take = (candidate = only, home = candidate && homesOf(candidate)[0]) => {
    if (status === 'RINGING') void takeCall(call).catch(() => undefined);
    onClose();
    navigate(addressFor(call, candidate, home));
  };
  // Taken first: who is on the phone is who is bound to say nothing.
  const outside = async () => {
    if (status === 'RINGING') await takeCall(call).catch(() => undefined);
    try {
      await markOutside(call);
      onClose();
      navigate(`/callRecords/${call.id}/show`);
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), { type: 'error' });
    }
  };
  // There before F2 asks for it: while it loads, the page behind would still answer, and could lead back to itself.
  useEffect(() => void import('../tickets/NewTicket.tsx'), []);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'F2' || event.isComposing) return;
      event.preventDefault();
      take();
    };
    window.addEventListener('keydown', key);
    return () => window.removeEventListener('keydown', key);
  });
  return (
    <Paper
      component="section"
      elevation={8}
      aria-labelledby={title}
      sx={{
        position: 'fixed',
        right: { xs: 8, sm: 16 },
        bottom: { xs: 8, sm: 16 },
        width: { xs: 'calc(100vw - 16px)', sm: 400 },
        maxHeight: '70vh',
        overflow: 'auto',
        zIndex: 'snackbar',
        p: 2,
        borderLeft: 6,
        borderColor: 'primary.main',
      }}
    >
      <Stack sx={{ gap: 1 }}>
        <Stack direction="row" sx={{ gap: 1, alignItems: 'center' }}>
          <PhoneIcon color="primary" aria-hidden />
          <Typography id={title} variant="h6" component="h2" sx={{ flex: 1, overflowWrap: 'anywhere' }}>
            {tell(status === 'RINGING' ? callTexts.ringing : callTexts.answered)}
            {phone && ` ${phone}`}
          </Typography>
          <IconButton size="small" aria-label={tell(callTexts.dismiss)} onClick={onClose}>
            <CloseIcon />
          </IconButton>
        </Stack>
        {/* Read out without moving the cursor. */}
        <Typography role="status" sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
          {tell(callTexts.rang, { name })}
        </Typography>
        <Typography variant="body2" color="textSecondary">
          {[call.community.name, call.line].filter(Boolean).join(' · ')}
        </Typography>
        {candidates.length > 1 && <Typography variant="body2">{tell(callTexts.several)}</Typography>}
        {candidates.map((candidate) => (
          <Candidate key={candidate.id} candidate={candidate} onTake={(home) => take(candidate, home)} />
        ))}
        <Button variant="contained" onClick={() => take()}>
          {tell(status === 'RINGING' ? callTexts.take : callTexts.file)}
        </Button>
        <Button size="small" onClick={() => void outside()}>
          {tell(callTexts.outside)}
        </Button>
        <Typography variant="caption" color="textSecondary">
          {tell(callTexts.secret)}
        </Typography>
      </Stack>
    </Paper>
  );
}

function Candidate({ candidate, onTake }: { candidate: CallCandidate; onTake(home?: CallUnit): void }) {
  const { tell } = useSay();
  const homes = homesOf(candidate);
  return (
    <Stack sx={{ gap: 0.5, borderTop: 1, borderColor: 'divider', pt: 1 }}>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <MuiLink component={Link} to={`/residents/${candidate.id}/show`} sx={{ overflowWrap: 'anywhere' }}>
          {candidate.name}
        </MuiLink>
        {candidate.specialCare && <Chip size="small" color="error" label={tell(callTexts.care)} />}
      </Stack>
      {homes.map((home) => (
        <Home key={home.id} home={home} onTake={() => onTake(home)} />
      ))}
    </Stack>
  );
}

function Home({ home, onTake }: { home: CallUnit; onTake(): void }) {
  const { tell, locale } = useSay();
  const { arrears = 0, tickets, notices } = home;
  const { currency } = communityOf({ community: home.community });
  return (
    <Stack sx={{ gap: 0.5 }}>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <Button size="small" variant="outlined" onClick={onTake}>
          {home.fullName}
        </Button>
        {arrears > 0 && (
          <Chip
            size="small"
            color="error"
            label={tell(callTexts.arrears, { amount: formatMoney(arrears, currency, locale) })}
          />
        )}
        {home.specialCare && (
          <Chip size="small" color="error" variant="outlined" label={tell(callTexts.care)} />
        )}
        {home.underRenovation && <Chip size="small" color="warning" label={tell(callTexts.renovation)} />}
      </Stack>
      {notices.map(({ id, title }) => (
        <MuiLink key={id} component={Link} to={`/notices/${id}/show`} variant="body2" color="warning">
          {title}
        </MuiLink>
      ))}
      <Typography variant="body2" color="textSecondary">
        {tickets.totalCount > 0
          ? tell(callTexts.open, { count: tickets.totalCount })
          : tell(callTexts.noOpen)}
      </Typography>
      {tickets.nodes.map(({ id, number, title }) => (
        <MuiLink key={id} component={Link} to={`/tickets/${id}/show`} variant="body2">
          {number} {title}
        </MuiLink>
      ))}
    </Stack>
  );
}
