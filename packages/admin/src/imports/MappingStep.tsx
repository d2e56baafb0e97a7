import type { ImportMapping, ImportSource } from '@desk/schema/imports/mapping';
import {
  Alert,
  Button,
  Card,
  CardContent,
  MenuItem,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  TextField,
  Typography,
} from '@mui/material';
import { useSay } from '../platform/i18n/index.ts';
import type { Upload } from './api.ts';
import { columnsIn, isPlain } from './mapping.ts';
import { importTexts } from './texts.ts';

interface MappingStepProps {
  upload: Upload;
  mapping: ImportMapping;
  onChange(mapping: ImportMapping): void;
  onDone(): void;
  onBack(): void;
}

const none = '';
/** Stands for a suggestion that is more than one column as it is: joined, converted or counted. */
const asSuggested = '\u0000suggested';

/** Says which column fills which field, with samples beside it. */
export function MappingStep({ upload, mapping, onChange, onDone, onBack }: MappingStepProps) {
  const { tell, locale } = useSay();
  const used = new Set(Object.values(mapping.columns).flatMap(columnsIn));
  const unmapped = upload.columns.filter(({ name }) => !used.has(name)).map(({ name }) => name);
  const missing = upload.fields.filter(({ name, required }) => required && !mapping.columns[name]);
  const list = (names: string[]) => names.join(locale === 'en' ? ', ' : '、');
  const choose = (field: string, chosen: string) => {
    const { [field]: _, ...others } = mapping.columns;
    const source = chosen === asSuggested ? upload.suggestedMapping.columns[field] : chosen;
    onChange({ ...mapping, columns: source ? { ...others, [field]: source } : others });
  };
  return (
    <Stack sx={{ gap: 2 }}>
      {upload.mappingSource === 'REMEMBERED' && <Alert severity="info">{tell(importTexts.remembered)}</Alert>}
      {missing.length > 0 && (
        <Alert severity="warning">
          {tell(importTexts.missing, { fields: list(missing.map(({ label }) => tell(label))) })}
        </Alert>
      )}
      <Card variant="outlined">
        <CardContent>
          <Stack component="ul" sx={{ m: 0, p: 0, gap: 1.5, listStyle: 'none' }}>
            {upload.fields.map(({ name, label, required }) => (
              <FieldRow
                key={name}
                upload={upload}
                label={`${tell(label)}${required ? ' *' : ''}`}
                source={mapping.columns[name]}
                suggested={upload.suggestedMapping.columns[name]}
                onChoose={(chosen) => choose(name, chosen)}
              />
            ))}
          </Stack>
          {unmapped.length > 0 && (
            <Typography variant="body2" color="textSecondary" sx={{ mt: 2 }}>
              {tell(importTexts.unmapped, { columns: list(unmapped) })}
            </Typography>
          )}
        </CardContent>
      </Card>
      <Preview upload={upload} />
      <Stack direction="row" sx={{ gap: 1 }}>
        <Button variant="contained" disabled={missing.length > 0} onClick={onDone}>
          {tell(importTexts.check)}
        </Button>
        <Button onClick={onBack}>{tell(importTexts.back)}</Button>
      </Stack>
    </Stack>
  );
}

interface FieldRowProps {
  upload: Upload;
  label: string;
  source: ImportSource | undefined;
  suggested: ImportSource | undefined;
  onChoose(chosen: string): void;
}

function FieldRow({ upload, label, source, suggested, onChoose }: FieldRowProps) {
  const { tell } = useSay();
  const value = source === undefined ? none : isPlain(source) ? source : asSuggested;
  const columns = source === undefined ? [] : columnsIn(source);
  const samples = upload.columns
    .filter(({ name }) => columns.includes(name))
    .flatMap((column) => column.samples);
  return (
    <Stack
      component="li"
      direction={{ xs: 'column', sm: 'row' }}
      sx={{ gap: 2, alignItems: { sm: 'center' } }}
    >
      <TextField
        select
        size="small"
        label={label}
        value={value}
        onChange={({ target }) => onChoose(target.value)}
        sx={{ width: { xs: '100%', sm: 320 }, flexShrink: 0 }}
      >
        <MenuItem value={none}>{tell(importTexts.leaveOut)}</MenuItem>
        {suggested !== undefined && !isPlain(suggested) && (
          <MenuItem value={asSuggested}>
            {tell(importTexts.suggested, { columns: columnsIn(suggested).join(' + ') || '1, 2, 3 …' })}
          </MenuItem>
        )}
        {upload.columns.map(({ name }) => (
          <MenuItem key={name} value={name}>
            {name}
          </MenuItem>
        ))}
      </TextField>
      <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
        {samples.join(' · ')}
      </Typography>
    </Stack>
  );
}

function Preview({ upload }: { upload: Upload }) {
  const { tell } = useSay();
  return (
    <Card variant="outlined">
      <CardContent>
        <Typography variant="h6" component="h2">
          {tell(importTexts.preview)}
        </Typography>
        <Typography variant="body2" color="textSecondary">
          {upload.fileName} · {upload.encoding}
        </Typography>
      </CardContent>
      {/* Focusable, so that the keyboard can scroll a wide file. */}
      <TableContainer
        tabIndex={0}
        role="region"
        aria-label={tell(importTexts.preview)}
        sx={{ maxHeight: 320 }}
      >
        <Table size="small" stickyHeader>
          <TableHead>
            <TableRow>
              <TableCell>{tell(importTexts.row)}</TableCell>
              {upload.columns.map(({ name }) => (
                <TableCell key={name} sx={{ whiteSpace: 'nowrap' }}>
                  {name}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {upload.preview.map(({ row, cells }) => (
              <TableRow key={row}>
                <TableCell>{row}</TableCell>
                {upload.columns.map(({ name }) => (
                  <TableCell
                    key={name}
                    sx={{ whiteSpace: 'nowrap', maxWidth: 240, overflow: 'hidden', textOverflow: 'ellipsis' }}
                  >
                    {cells[name]}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
    </Card>
  );
}
