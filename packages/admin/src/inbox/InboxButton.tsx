import { notificationKinds } from '@desk/schema/notifications/enums';
import { clockKinds } from '@desk/schema/tickets/promises';
import InboxIcon from '@mui/icons-material/NotificationsOutlined';
import { Badge, Box, Divider, IconButton, Menu, MenuItem, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { formatDateTime } from '../platform/format.ts';
import { useSay } from '../platform/i18n/index.ts';
import { communityOf, currentViewer } from '../platform/viewer.ts';
import { inboxTexts } from './texts.ts';
import { see, type Unread, useInbox } from './unread.ts';

const ofMine = () => encodeURIComponent(JSON.stringify({ recipient: { eq: currentViewer()?.id } }));
/** The badge is small: beyond this, how many more makes no difference. */
const mostShown = 99;
/** Escalations, complaints and outcomes are about tickets, which open at the desk. */
const addressOf = ({ subject }: Unread) => `/tickets?ticket=${subject}`;

/** The bell of the bar: how much one was told and has not seen; its menu opens the tickets. */
export default function InboxButton() {
  const { tell } = useSay();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const inbox = useInbox();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useId();
  if (!inbox) return null;
  const { count, newest } = inbox;
  // What is said is what is seen.
  const shown = count > mostShown ? `${mostShown}+` : String(count);
  const label = tell(count === 0 ? inboxTexts.none : count === 1 ? inboxTexts.one : inboxTexts.unread, {
    count: shown,
  });
  const leave = (to?: string, seen: readonly Unread[] = []) => {
    setOpen(false);
    if (seen.length > 0) void see(queries, seen);
    if (to) navigate(to);
  };
  return (
    <>
      <IconButton
        ref={button}
        color="inherit"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? menu : undefined}
        onClick={() => setOpen(true)}
      >
        <Badge badgeContent={count > 0 ? shown : undefined} color="error">
          <InboxIcon />
        </Badge>
      </IconButton>
      {/* Said aloud when it changes; a badge alone is not. */}
      <Box
        role="status"
        sx={{ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }}
      >
        {label}
      </Box>
      <Menu
        id={menu}
        open={open}
        anchorEl={button.current}
        onClose={() => leave()}
        slotProps={{ paper: { sx: { width: 420, maxWidth: 'calc(100vw - 16px)', maxHeight: '70vh' } } }}
      >
        {newest.length === 0 && (
          <MenuItem disabled sx={{ opacity: '1 !important' }}>
            {tell(inboxTexts.none)}
          </MenuItem>
        )}
        {newest.map((entry) => (
          <MenuItem
            key={entry.id}
            onClick={() => leave(addressOf(entry), [entry])}
            sx={{ whiteSpace: 'normal', minHeight: 44 }}
          >
            <Line entry={entry} />
          </MenuItem>
        ))}
        <Divider />
        {newest.length > 0 && (
          <MenuItem onClick={() => leave(undefined, newest)} sx={{ minHeight: 44 }}>
            {tell(inboxTexts.seeAll)}
          </MenuItem>
        )}
        <MenuItem onClick={() => leave(`/notifications?filter=${ofMine()}`)} sx={{ minHeight: 44 }}>
          {tell(inboxTexts.all)}
        </MenuItem>
      </Menu>
    </>
  );
}

function Line({ entry }: { entry: Unread }) {
  const { tell } = useSay();
  const { timeZone } = communityOf({ community: entry.community });
  const promise = Object.entries(clockKinds).find(([kind]) => kind === entry.about)?.[1];
  const told = [
    tell(notificationKinds[entry.kind]),
    promise && tell(promise),
    entry.dueAt && tell(inboxTexts.due, { when: formatDateTime(entry.dueAt, timeZone) }),
  ];
  return (
    <Box sx={{ minWidth: 0, width: '100%' }}>
      <Typography sx={{ overflowWrap: 'anywhere', fontWeight: 600 }}>{entry.title}</Typography>
      <Typography variant="body2" color={entry.kind === 'PROMISE_BROKEN' ? 'error' : 'textSecondary'}>
        {told.filter(Boolean).join(' · ')}
      </Typography>
      <Typography variant="caption" color="textSecondary">
        {formatDateTime(entry.createdAt, timeZone)}
      </Typography>
    </Box>
  );
}
