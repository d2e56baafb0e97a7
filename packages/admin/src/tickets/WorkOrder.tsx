import { type ResourceDescriptor, resourceNamed } from '@desk/schema';
import { Box, Button, GlobalStyles, Stack } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { Loading, useGetOne } from 'react-admin';
import { useNavigate, useParams } from 'react-router-dom';
import { request } from '../platform/client.ts';
import { formatDateTime, formatMoney } from '../platform/format.ts';
import { useSay } from '../platform/i18n/index.ts';
import { has } from '../platform/model.ts';
import type { DeskRecord } from '../platform/mutations.ts';
import { communityOf } from '../platform/viewer.ts';
import { Failure } from '../ui/Failure.tsx';
import { PageTitle } from '../ui/PageTitle.tsx';
import { SignatureImage } from '../ui/SignatureImage.tsx';
import { useKeys } from './desk/keys.ts';
import { qrPath, ticketAddress } from './desk/qr.ts';
import { paper } from './desk/workOrderPaper.ts';
import { workOrderTexts as texts } from './desk/workOrderTexts.ts';

/** What the form shows besides the ticket itself: materials and labour, and who signed for the work. */
interface Papers {
  items: {
    id: string;
    kind: string;
    name: string;
    quantity: string;
    unit: string | null;
    residentOwned: boolean;
    fit: boolean | null;
    amount: number;
  }[];
  signatures: { id: string; signerName: string; drawing: string | null; round: number }[];
}

async function papersOf(id: string, signal: AbortSignal): Promise<Papers> {
  const items = has('Ticket', 'items')
    ? 'items(first: 50) { nodes { id kind name quantity unit residentOwned fit amount } }'
    : '';
  const signatures = has('Ticket', 'signatures')
    ? 'signatures(first: 50, filter: { purpose: { eq: SIGN_OFF } }) { nodes { id signerName drawing round } }'
    : '';
  const none: Papers = { items: [], signatures: [] };
  if (!items && !signatures) return none;
  const { ticket } = await request<{
    ticket: { items?: { nodes: Papers['items'] }; signatures?: { nodes: Papers['signatures'] } } | null;
  }>(`query workOrder($id: ID!) { ticket(id: $id) { ${items} ${signatures} } }`, { id }, { signal });
  return { items: ticket?.items?.nodes ?? [], signatures: ticket?.signatures?.nodes ?? [] };
}

/** The work order 维修单 for paper (handbook T-10): times, findings, materials, signature, and a code that opens the ticket. */
export default function WorkOrder() {
  const { id = '' } = useParams();
  const { tell } = useSay();
  const navigate = useNavigate();
  const owner = resourceNamed('tickets');
  const { data: ticket, error } = useGetOne<DeskRecord>('tickets', { id }, { onError: () => undefined });
  const { data: papers, error: withoutPapers } = useQuery({
    queryKey: ['ticketItems', 'work order', id],
    queryFn: ({ signal }) => papersOf(id, signal),
  });
  const back = () => navigate(`/tickets?ticket=${id}`);
  useKeys({ escape: back });
  const fault = error ?? withoutPapers;
  if (fault) return <Failure error={fault} />;
  if (!ticket || !papers || !owner) return <Loading />;
  return (
    <Stack sx={{ gap: 2, py: 2 }}>
      <PageTitle title={`${tell(texts.title)} ${String(ticket.number)}`} />
      <GlobalStyles styles={paper} />
      <Stack direction="row" sx={{ gap: 1 }}>
        <Button variant="contained" autoFocus onClick={() => window.print()}>
          {tell(texts.print)}
        </Button>
        <Button onClick={back}>{tell(texts.back)}</Button>
      </Stack>
      <Form owner={owner} ticket={ticket} papers={papers} />
    </Stack>
  );
}

const cell = {
  border: '1px solid #333',
  p: 0.75,
  fontSize: 14,
  verticalAlign: 'top',
  textAlign: 'left',
} as const;

function Form({ owner, ticket, papers }: { owner: ResourceDescriptor; ticket: DeskRecord; papers: Papers }) {
  const { tell, locale } = useSay();
  const { timeZone, currency, name: community } = communityOf(ticket);
  const time = (field: string) => (ticket[field] ? formatDateTime(String(ticket[field]), timeZone) : '');
  const money = (value: unknown) => (typeof value === 'number' ? formatMoney(value, currency, locale) : '');
  const spoken = (field: string) => {
    const label = owner.fields[field]?.values?.[String(ticket[field])];
    return label ? tell(label) : '';
  };
  const address = ticketAddress(ticket.id);
  const code = useMemo(() => qrPath(address), [address]);
  const named = (field: string) => (ticket[field] as { name?: string; fullName?: string } | null) ?? {};
  const text = (field: string) => String(ticket[field] ?? '');
  // Of this round: what was signed before was not enough.
  const signature = papers.signatures.find((one) => one.drawing && one.round === ticket.round);
  return (
    <Box
      id="work-order"
      component="article"
      sx={{ maxWidth: 794, p: 3, bgcolor: '#fff', color: '#000', border: 1, borderColor: 'divider' }}
    >
      <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'flex-start', mb: 1 }}>
        <Box>
          <Box component="h2" sx={{ m: 0, fontSize: 26 }}>
            {tell(texts.title)}
          </Box>
          <Box sx={{ fontSize: 15 }}>{community}</Box>
          <Box sx={{ fontSize: 18, fontWeight: 600, mt: 0.5 }}>{text('number')}</Box>
        </Box>
        <Box sx={{ textAlign: 'center', fontSize: 11 }}>
          <svg
            role="img"
            aria-label={tell(texts.code)}
            data-address={address}
            viewBox={`-2 -2 ${code.size + 4} ${code.size + 4}`}
            width={110}
            height={110}
            shapeRendering="crispEdges"
          >
            <rect x={-2} y={-2} width={code.size + 4} height={code.size + 4} fill="#fff" />
            <path d={code.path} fill="#000" />
          </svg>
          <div>{tell(texts.code)}</div>
        </Box>
      </Stack>
      <Table>
        <Line
          cells={[
            [texts.received, time('receivedAt')],
            [texts.accepted, time('acceptedAt')],
          ]}
        />
        <Line
          cells={[
            [texts.arrived, time('arrivedAt')],
            [texts.finished, time('doneAt')],
          ]}
        />
        <Line
          cells={[
            [texts.place, [named('unit').fullName, text('location')].filter(Boolean).join(' ')],
            [texts.reporter, [text('reporterName'), text('reporterPhone')].filter(Boolean).join(' ')],
          ]}
        />
        <Line
          cells={[
            [
              texts.kind,
              [spoken('kind'), ticket.urgent ? tell(texts.urgent) : ''].filter(Boolean).join(' · '),
            ],
            [texts.convenient, time('appointmentAt') || text('convenientTime')],
          ]}
        />
        <Line
          cells={[
            [texts.department, spoken('department')],
            [texts.worker, named('assignee').name ?? ''],
          ]}
        />
        <Line
          wide
          cells={[[texts.matter, [text('title'), text('description')].filter(Boolean).join('\n')]]}
        />
        <Line
          wide
          tall
          cells={[[texts.findings, [text('findings'), text('resolution')].filter(Boolean).join('\n')]]}
        />
      </Table>
      <Materials items={papers.items} money={money} />
      <Table>
        <Line
          cells={[
            [texts.agreed, money(ticket.priceAgreed)],
            [texts.price, money(ticket.price)],
          ]}
        />
        <Line
          wide
          cells={[[texts.satisfied, ticket.satisfaction ? text('satisfaction') : tell(texts.choices)]]}
        />
        <tr>
          <Box component="th" sx={{ ...cell, width: 110 }}>
            {tell(texts.resident)}
          </Box>
          <Box component="td" sx={{ ...cell, height: 80 }}>
            {signature?.drawing && <SignatureImage path={signature.drawing} label={texts.resident} />}
            {signature?.signerName}
            {ticket.unsignedReason ? tell(texts.unsigned, { reason: text('unsignedReason') }) : null}
          </Box>
          <Box component="th" sx={{ ...cell, width: 110 }}>
            {tell(texts.workerSigns)}
          </Box>
          <Box component="td" sx={cell} />
        </tr>
        <Line
          cells={[
            [texts.date, time('signedOffAt')],
            [texts.date, ''],
          ]}
        />
      </Table>
    </Box>
  );
}

const Table = ({ children }: { children: ReactNode }) => (
  <Box component="table" sx={{ width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed', mb: 1 }}>
    <tbody>{children}</tbody>
  </Box>
);

type Text = (typeof texts)[keyof typeof texts];

function Line({
  cells,
  wide = false,
  tall = false,
}: {
  cells: readonly [Text, string][];
  wide?: boolean;
  tall?: boolean;
}) {
  const { tell } = useSay();
  return (
    <tr>
      {cells.flatMap(([label, value], index) => [
        // Two cells may have the same label: one signs on either side.
        // biome-ignore lint/suspicious/noArrayIndexKey: the cells of a form stand where they stand
        <Box component="th" key={`label ${index}`} sx={{ ...cell, width: 110 }}>
          {tell(label)}
        </Box>,
        <Box
          component="td"
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={`value ${index}`}
          colSpan={wide ? 3 : 1}
          sx={{ ...cell, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', height: tall ? 110 : 'auto' }}
        >
          {value}
        </Box>,
      ])}
    </tr>
  );
}

/** Empty lines to write on while nothing is entered. */
const emptyLines = 4;

function Materials({ items, money }: { items: Papers['items']; money(value: unknown): string }) {
  const { tell } = useSay();
  const heads = [texts.material, texts.quantity, texts.owned, texts.amount];
  const rows = items.map(({ id, name, quantity, unit, residentOwned, fit, amount }) => [
    id,
    name,
    `${quantity}${unit ? ` ${unit}` : ''}`,
    residentOwned ? tell(fit === false ? texts.unfit : texts.fit) : '',
    money(amount),
  ]);
  const blank = Array.from({ length: Math.max(0, emptyLines - rows.length) }, (_, index) => [
    `${index}`,
    '',
    '',
    '',
    '',
  ]);
  return (
    <Box component="table" sx={{ width: '100%', borderCollapse: 'collapse', mb: 1 }}>
      <thead>
        <tr>
          {heads.map((head) => (
            <Box component="th" key={head.en} sx={cell}>
              {tell(head)}
            </Box>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...rows, ...blank].map(([key = '', ...cells]) => (
          <tr key={key}>
            {heads.map((head, index) => (
              <Box component="td" key={head.en} sx={{ ...cell, height: 28 }}>
                {cells[index]}
              </Box>
            ))}
          </tr>
        ))}
      </tbody>
    </Box>
  );
}
