import { Box, Button, FormHelperText, Typography } from '@mui/material';
import { useEffect, useId, useRef } from 'react';
import SignaturePad, { type PointGroup } from 'signature_pad';
import { useSay } from '../platform/i18n/index.ts';
import { signatureBox } from './SignatureImage.tsx';

/** What was drawn as an SVG path in the box, every point to a tenth: `M12.5 80L14 82.1…`. */
export function pathOf(strokes: readonly PointGroup[], width: number, height: number): string {
  const scale = Math.min(signatureBox.width / width, signatureBox.height / height);
  const at = ({ x, y }: { x: number; y: number }) =>
    [x, y].map((part) => String(Math.round(Math.max(0, part) * scale * 10) / 10)).join(' ');
  return strokes
    .filter(({ points }) => points.length > 0)
    .map(({ points: [first, ...rest] }) => {
      const start = first ? at(first) : '0 0';
      // A dot is a line of no length: with round caps it is seen.
      return `M${start}${(rest.length > 0 ? rest.map(at) : [start]).map((point) => `L${point}`).join('')}`;
    })
    .join('');
}

interface SignatureInputProps {
  label: string;
  helperText: string;
  error: boolean;
  onChange(path: string | null): void;
}

/** A field to sign in with a finger, a pen or the mouse. */
export default function SignatureInput({ label, helperText, error, onChange }: SignatureInputProps) {
  const { t } = useSay();
  const id = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad>(undefined);
  const change = useRef(onChange);
  change.current = onChange;
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    // As many dots as the screen has, or the strokes look coarse.
    const ratio = Math.max(1, window.devicePixelRatio);
    element.width = element.offsetWidth * ratio;
    element.height = element.offsetHeight * ratio;
    element.getContext('2d')?.scale(ratio, ratio);
    const made = new SignaturePad(element, { minDistance: 3 });
    made.addEventListener('endStroke', () =>
      change.current(pathOf(made.toData(), element.offsetWidth, element.offsetHeight)),
    );
    pad.current = made;
    return () => made.off();
  }, []);
  return (
    <Box>
      <Typography id={id} variant="body2" color={error ? 'error' : 'textSecondary'} gutterBottom>
        {label}
      </Typography>
      <Box
        component="canvas"
        ref={canvas}
        role="img"
        aria-labelledby={id}
        sx={{
          width: '100%',
          aspectRatio: `${signatureBox.width} / ${signatureBox.height}`,
          border: 1,
          borderColor: error ? 'error.main' : 'divider',
          borderRadius: 1,
          bgcolor: '#fff',
          // A stroke is no scrolling.
          touchAction: 'none',
        }}
      />
      <Box sx={{ display: 'flex', alignItems: 'center' }}>
        <FormHelperText error={error} sx={{ flex: 1 }}>
          {helperText}
        </FormHelperText>
        <Button
          size="small"
          onClick={() => {
            pad.current?.clear();
            onChange(null);
          }}
        >
          {t('clearSignature')}
        </Button>
      </Box>
    </Box>
  );
}
