import { feeKinds } from '@desk/schema/fees/enums';
import { Alert, Card, Table, TableBody, TableCell, TableContainer, TableHead, TableRow } from '@mui/material';
import { formatMoney } from '../platform/format.ts';
import { useSay } from '../platform/i18n/index.ts';
import type { FeeSums } from './months.ts';
import { PairChart } from './PairChart.tsx';
import { reportTexts } from './texts.ts';

const columns = ['charged', 'collected', 'waived', 'outstanding'] as const;

/** What was charged, paid, given up and is still owed in a month, by kind of fee (handbook T-14). */
export function FeeDetails({ fees, currency }: { fees: readonly FeeSums[]; currency: string }) {
  const { tell, locale } = useSay();
  if (fees.length === 0) return <Alert severity="info">{tell(reportTexts.noFees)}</Alert>;
  const sum = (name: (typeof columns)[number]) => fees.reduce((total, fee) => total + fee[name], 0);
  const whole = {
    kind: undefined,
    charged: sum('charged'),
    collected: sum('collected'),
    waived: sum('waived'),
    outstanding: sum('outstanding'),
  };
  // Drawn in whole units of the currency; the table has the exact amounts.
  const drawn = fees.map(({ kind, charged, collected }) => ({
    label: tell(feeKinds[kind]),
    charged: charged / 100,
    collected: collected / 100,
  }));
  return (
    <>
      <Card variant="outlined" sx={{ p: 2 }}>
        <PairChart
          rows={drawn}
          bars={[
            ['charged', tell(reportTexts.charged)],
            ['collected', tell(reportTexts.collected)],
          ]}
        />
      </Card>
      <TableContainer component={Card} variant="outlined" tabIndex={0} aria-label={tell(reportTexts.fees)}>
        <Table size="small">
          <TableHead>
            <TableRow>
              <TableCell>{tell(reportTexts.feeKind)}</TableCell>
              {columns.map((name) => (
                <TableCell key={name} align="right">
                  {tell(reportTexts[name])}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {[whole, ...fees].map((fee) => (
              <TableRow key={fee.kind ?? 'whole'}>
                <TableCell component="th" scope="row" sx={{ fontWeight: fee.kind ? 400 : 700 }}>
                  {tell(fee.kind ? feeKinds[fee.kind] : reportTexts.whole)}
                </TableCell>
                {columns.map((name) => (
                  <TableCell
                    key={name}
                    align="right"
                    sx={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}
                  >
                    {formatMoney(fee[name], currency, locale)}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
    </>
  );
}
