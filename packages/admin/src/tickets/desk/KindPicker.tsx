import { Box, ButtonBase, Typography } from '@mui/material';
import { useId } from 'react';
import { useController } from 'react-hook-form';
import { useSay } from '../../platform/i18n/index.ts';
import type { Input } from '../../platform/model.ts';

/** The kind that a digit stands for: 1 to 9, then 0. */
export function kindAt({ values = {} }: Input, code: string): string | undefined {
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  return digit === undefined ? undefined : Object.keys(values)[(Number(digit) + 9) % 10];
}

/** What the ticket is about, all kinds in sight: one press of a digit with Alt, or one click (handbook T-01). */
export function KindPicker({ input }: { input: Input }) {
  const { tell } = useSay();
  const label = useId();
  const { field } = useController({ name: input.name });
  return (
    <Box>
      <Typography id={label} variant="body2" color="textSecondary" gutterBottom>
        {tell(input.label)}
      </Typography>
      <Box role="radiogroup" aria-labelledby={label} sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>
        {Object.entries(input.values ?? {}).map(([value, text], index) => {
          const chosen = field.value === value;
          return (
            <ButtonBase
              key={value}
              role="radio"
              aria-checked={chosen}
              aria-keyshortcuts={`Alt+${(index + 1) % 10}`}
              tabIndex={chosen ? 0 : -1}
              onClick={() => field.onChange(value)}
              onKeyDown={(event) => {
                const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
                const all = Object.keys(input.values ?? {});
                if (!step || event.altKey) return;
                event.preventDefault();
                field.onChange(all[(all.indexOf(value) + step + all.length) % all.length]);
                const next = step > 0 ? 'nextElementSibling' : 'previousElementSibling';
                (event.currentTarget[next] as HTMLElement | null)?.focus();
              }}
              sx={{
                px: 1,
                py: 0.5,
                gap: 0.5,
                fontSize: 13,
                borderRadius: 1,
                border: 1,
                borderColor: chosen ? 'primary.main' : 'divider',
                bgcolor: chosen ? 'primary.main' : 'background.paper',
                color: chosen ? 'primary.contrastText' : 'text.primary',
                minHeight: { xs: 40, md: 28 },
              }}
            >
              <Box component="span" aria-hidden sx={{ fontSize: 11, display: { xs: 'none', md: 'inline' } }}>
                {(index + 1) % 10}
              </Box>
              {tell(text)}
            </ButtonBase>
          );
        })}
      </Box>
    </Box>
  );
}
