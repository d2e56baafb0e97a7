import type { ResourceDescriptor } from '@desk/schema';
import { resourceNamed } from '@desk/schema';
import { Alert, Button, Card, CardContent, Link as MuiLink, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router-dom';
import { request } from '../platform/client.ts';
import { formatMoney, today } from '../platform/format.ts';
import { useSay } from '../platform/i18n/index.ts';
import { has, inputsOf } from '../platform/model.ts';
import type { DeskRecord } from '../platform/mutations.ts';
import { communityOf, may } from '../platform/viewer.ts';
import type { RecordAction } from '../ui/actions.ts';
import { Failure } from '../ui/Failure.tsx';
import { feeTexts } from './texts.ts';

const ActionDialog = lazy(() => import('../ui/ActionDialog.tsx'));

interface Owed {
  id: string;
  number: string;
  kind: string;
  periodFrom: string | null;
  periodTo: string | null;
  dueOn: string;
  outstanding: number;
}
interface UnitMoney {
  unit: { prepaid: number; fees: { nodes: Owed[] } } | null;
}

/** Fees listed, the oldest first; more than a desk ever collects at once. */
const listed = 50;
const document = `query unitMoney($id: ID!) { unit(id: $id) { prepaid fees(first: ${listed}, filter: { status: { eq: ISSUED } }, orderBy: { field: DUE_ON, direction: ASC }) { nodes { id number kind periodFrom periodTo dueOn outstanding } } } }`;

/** What a unit owes, fee by fee, and the way to collect it: all of it or part, the oldest first (handbook F-05). */
export function MoneyPanel({ record }: { owner: ResourceDescriptor; record: DeskRecord }) {
  const { tell, locale } = useSay();
  const { timeZone, currency } = communityOf(record);
  const fees = resourceNamed('fees');
  const readable = fees !== undefined && has('Unit', 'fees') && may(fees, 'read');
  const { data, error, refetch } = useQuery({
    queryKey: ['totals', 'unit money', record.id],
    enabled: readable,
    queryFn: ({ signal }) => request<UnitMoney>(document, { id: record.id }, { signal }),
  });
  if (error) return <Failure error={error} retry={refetch} />;
  if (!readable || !data?.unit) return null;
  const owed = data.unit.fees.nodes;
  const money = (amount: number) => formatMoney(amount, currency, locale);
  const total = owed.reduce((sum, { outstanding }) => sum + outstanding, 0);
  const kinds = fees.fields.kind?.values ?? {};
  return (
    <Card variant="outlined" component="section" aria-labelledby="unit-money">
      <CardContent>
        <Stack direction="row" sx={{ alignItems: 'baseline', gap: 2, flexWrap: 'wrap' }}>
          <Typography id="unit-money" variant="h6" component="h2">
            {tell(feeTexts.owed)}
          </Typography>
          <Typography variant="h5" component="p" color={total > 0 ? 'error' : 'textSecondary'}>
            {money(total)}
          </Typography>
          {data.unit.prepaid > 0 && (
            <Typography color="textSecondary">
              {tell(feeTexts.prepaid, { amount: money(data.unit.prepaid) })}
            </Typography>
          )}
        </Stack>
        <Stack component="ul" sx={{ m: 0, p: 0, mt: 1, gap: 0.5, listStyle: 'none' }}>
          {owed.map(({ id, number, kind, periodFrom, periodTo, dueOn, outstanding }) => (
            <Typography
              component="li"
              variant="body2"
              key={id}
              sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2 }}
            >
              <MuiLink component={Link} to={`/fees/${id}/show`}>
                {number}
              </MuiLink>
              <span>{kinds[kind] ? tell(kinds[kind]) : kind}</span>
              {periodFrom && periodTo && (
                <span>
                  {periodFrom} – {periodTo}
                </span>
              )}
              {dueOn < today(timeZone) && (
                <Typography component="span" variant="body2" color="error">
                  {tell(feeTexts.overdue, { day: dueOn })}
                </Typography>
              )}
              <strong style={{ marginLeft: 'auto' }}>{money(outstanding)}</strong>
            </Typography>
          ))}
        </Stack>
        <Collect record={record} total={total} money={money} />
      </CardContent>
    </Card>
  );
}

interface CollectProps {
  record: DeskRecord;
  total: number;
  money(amount: number): string;
}

/** The button, its dialog, and the receipt's number once the money is in. */
function Collect({ record, total, money }: CollectProps) {
  const { tell } = useSay();
  const [open, setOpen] = useState(false);
  const [paid, setPaid] = useState<DeskRecord>();
  const payments = resourceNamed('payments');
  if (!payments) return null;
  const allowed = may(payments, 'create');
  const action: RecordAction = {
    name: 'collect',
    mutation: 'paymentCreate',
    label: feeTexts.collect,
    danger: false,
    allowed,
    inputs: inputsOf(payments, 'paymentCreate').filter(({ name }) => asked.has(name)),
  };
  return (
    <Stack sx={{ gap: 1, mt: 1.5, alignItems: 'flex-start' }}>
      {paid && (
        <Alert severity="success" onClose={() => setPaid(undefined)} sx={{ width: '100%' }}>
          {tell(feeTexts.receipt, {
            receipt: String(paid.receiptNumber),
            amount: money(Number(paid.amount)),
          })}{' '}
          <MuiLink component={Link} to={`/payments/${paid.id}/show`}>
            {tell(feeTexts.openPayment)}
          </MuiLink>
        </Alert>
      )}
      {allowed ? (
        <Button variant="contained" onClick={() => setOpen(true)}>
          {tell(feeTexts.collect)}
        </Button>
      ) : (
        <Typography variant="body2" color="textSecondary">
          {tell(feeTexts.notCashier)}
        </Typography>
      )}
      {open && (
        <Suspense fallback={null}>
          <ActionDialog
            owner={payments}
            record={record}
            action={action}
            sent={{ unit: record.id }}
            given={{ ...(total > 0 && { amount: total }), method: 'WECHAT', note: '' }}
            lead={<Typography>{tell(feeTexts.collectHelp, { amount: money(total) })}</Typography>}
            onDone={({ record: payment }) => setPaid(payment)}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </Stack>
  );
}

/** Which fees are paid and when follows from the rules; the desk says how much and how. */
const asked = new Set(['amount', 'method', 'payer', 'note']);
