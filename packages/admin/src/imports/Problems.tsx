import {
  Card,
  CardContent,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material';
import { useSay } from '../platform/i18n/index.ts';
import type { Problem, Upload } from './api.ts';
import { importTexts } from './texts.ts';

/** Every row that was bad or skipped: where it stands in the file, what stood there, and why. */
export function Problems({
  upload,
  problems,
}: {
  upload: Upload;
  problems: { totalCount: number; nodes: Problem[] };
}) {
  const { tell, locale } = useSay();
  const count = new Intl.NumberFormat(locale).format(problems.totalCount);
  const labels = new Map(upload.fields.map(({ name, label }) => [name, tell(label)]));
  const place = ({ column, field }: Problem) =>
    [column, field && labels.get(field)]
      .filter((part, at, all) => part && all.indexOf(part) === at)
      .join(' → ');
  return (
    <Card variant="outlined">
      <CardContent>
        <Typography variant="h6" component="h2">
          {tell(importTexts.problems, { count })}
        </Typography>
        {problems.totalCount > problems.nodes.length && (
          <Typography variant="body2" color="textSecondary">
            {tell(importTexts.firstProblems, { count: problems.nodes.length })}
          </Typography>
        )}
      </CardContent>
      <TableContainer tabIndex={0} role="region" aria-label={tell(importTexts.problems, { count })}>
        <Table size="small">
          <TableHead>
            <TableRow>
              {[importTexts.row, importTexts.column, importTexts.value, importTexts.reason].map((label) => (
                <TableCell key={label.en}>{tell(label)}</TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {problems.nodes.map((problem) => (
              <TableRow key={`${problem.row} ${problem.column} ${problem.field} ${problem.message}`}>
                <TableCell>{problem.row}</TableCell>
                <TableCell>{place(problem)}</TableCell>
                <TableCell sx={{ overflowWrap: 'anywhere' }}>{problem.value}</TableCell>
                <TableCell>
                  {problem.severity === 'SKIPPED' && `${tell(importTexts.skipped)}: `}
                  {problem.message}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
    </Card>
  );
}
