import { resourceNamed } from '@desk/schema';
import { Box, Button, Card, Chip, Link as MuiLink, Stack, Typography } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useListContext } from 'react-admin';
import { Link } from 'react-router-dom';
import { request } from '../platform/client.ts';
import { formatDateTime } from '../platform/format.ts';
import { useSay } from '../platform/i18n/index.ts';
import { inputsOf } from '../platform/model.ts';
import type { DeskRecord } from '../platform/mutations.ts';
import { selectAll } from '../platform/query.ts';
import { communityOf, may } from '../platform/viewer.ts';
import { ActionBar } from '../ui/ActionBar.tsx';
import type { RecordAction } from '../ui/actions.ts';
import { EmptyList } from '../ui/EmptyList.tsx';
import { Failure } from '../ui/Failure.tsx';
import ResourceList from '../ui/ResourceList.tsx';
import { useOwner } from '../ui/represent.ts';
import { keyTexts } from './texts.ts';

const ActionDialog = lazy(() => import('../ui/ActionDialog.tsx'));

interface Copy extends DeskRecord {
  label: string;
  state: 'ON_BOARD' | 'OUT' | 'LOST';
  key: { id: string; opens: string; boardPlace: string | null; status: string };
  loans: { nodes: Loan[] };
}
interface Loan extends DeskRecord {
  status: string;
  borrowerName?: string;
  dueAt: string;
  overdue: boolean;
}

const document = () => `query board($ids: [ID!]!) { copies: nodes(ids: $ids) { ... on KeyCopy {
  id version label state community { id name } key { id opens boardPlace status }
  loans(first: 1, filter: { status: { eq: OUT } }) { nodes { id version status borrowerName dueAt overdue community { id name } availableActions { ${selectAll('ActionState')} } } } } } }`;

/** The key board: where each copy is, who has it until when; lent and returned in place (handbook K-1 to K-4). */
export default function KeyBoard() {
  return (
    <ResourceList>
      <Board />
    </ResourceList>
  );
}

function Board() {
  const owner = useOwner();
  const { data, isPending } = useListContext<DeskRecord>();
  const ids = data?.map(({ id }) => id) ?? [];
  const {
    data: board,
    error,
    refetch,
  } = useQuery({
    queryKey: ['totals', 'board', ids],
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request<{ copies: (Copy | null)[] }>(document(), { ids }, { signal }),
  });
  const [lending, setLending] = useState<Copy>();
  if (!isPending && ids.length === 0) return <EmptyList owner={owner} />;
  const copies = (board?.copies ?? []).filter((copy): copy is Copy => copy !== null && ids.includes(copy.id));
  return (
    <Box
      component="ul"
      sx={{
        m: 0,
        p: 1.5,
        display: 'grid',
        gap: 1,
        listStyle: 'none',
        gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 250px), 1fr))',
      }}
    >
      {error && (
        <Box component="li">
          <Failure error={error} retry={refetch} />
        </Box>
      )}
      {copies.map((copy) => (
        <CopyCard key={copy.id} copy={copy} onLend={() => setLending(copy)} />
      ))}
      {lending && <Lend copy={lending} onClose={() => setLending(undefined)} />}
    </Box>
  );
}

function CopyCard({ copy, onLend }: { copy: Copy; onLend(): void }) {
  const { tell } = useSay();
  const loans = resourceNamed('keyLoans');
  const [loan] = copy.loans.nodes;
  const states = resourceNamed('keyCopies')?.fields.state?.values ?? {};
  const state = loan?.overdue ? keyTexts.overdue : states[copy.state];
  const tone = loan?.overdue ? 'error' : copy.state === 'ON_BOARD' ? 'success' : 'default';
  return (
    <Card
      component="li"
      variant="outlined"
      sx={{
        p: 1.25,
        display: 'grid',
        gap: 0.5,
        alignContent: 'start',
        ...(loan?.overdue && { borderColor: 'error.main' }),
      }}
    >
      <Stack direction="row" sx={{ gap: 1, alignItems: 'center' }}>
        <MuiLink component={Link} to={`/keyCopies/${copy.id}/show`} sx={{ fontWeight: 600, flex: 1 }}>
          {copy.label}
        </MuiLink>
        <Chip size="small" variant="outlined" color={tone} label={state ? tell(state) : copy.state} />
      </Stack>
      <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
        {copy.key.opens}
      </Typography>
      {loan ? (
        <LoanLine loan={loan} />
      ) : (
        copy.key.boardPlace && (
          <Typography variant="body2" color="textSecondary">
            {tell(keyTexts.place, { place: copy.key.boardPlace })}
          </Typography>
        )
      )}
      {loan && loans && <ActionBar owner={loans} record={loan} inline />}
      {!loan && loans && copy.state === 'ON_BOARD' && may(loans, 'create') && (
        <Box>
          <Button
            size="small"
            variant="outlined"
            onClick={onLend}
            aria-label={`${tell(keyTexts.lend)} ${copy.label}`}
          >
            {tell(keyTexts.lend)}
          </Button>
        </Box>
      )}
      {copy.state === 'LOST' && (
        <Typography variant="body2" color="textSecondary">
          {tell(keyTexts.lost)}
        </Typography>
      )}
    </Card>
  );
}

function LoanLine({ loan }: { loan: Loan }) {
  const { tell } = useSay();
  return (
    <Typography variant="body2" color={loan.overdue ? 'error' : 'textSecondary'}>
      {tell(keyTexts.until, {
        who: loan.borrowerName ?? '',
        when: formatDateTime(loan.dueAt, communityOf(loan).timeZone),
      })}
    </Typography>
  );
}

/** Lends this very copy; who borrows, how they were identified and who consented is asked as for any loan (K-2). */
function Lend({ copy, onClose }: { copy: Copy; onClose(): void }) {
  const { tell } = useSay();
  const loans = resourceNamed('keyLoans');
  if (!loans) return null;
  const action: RecordAction = {
    name: 'lend',
    mutation: 'keyLoanCreate',
    label: { zh: `${keyTexts.lend.zh} ${copy.label}`, en: `${keyTexts.lend.en} ${copy.label}` },
    danger: false,
    allowed: true,
    inputs: inputsOf(loans, 'keyLoanCreate').filter(({ name }) => name !== 'copy'),
  };
  return (
    <Suspense fallback={null}>
      <ActionDialog
        owner={loans}
        record={copy}
        action={action}
        sent={{ copy: copy.id }}
        lead={
          <Typography color="textSecondary">
            {copy.key.opens} · {tell(keyTexts.rule)}
          </Typography>
        }
        onClose={onClose}
      />
    </Suspense>
  );
}
