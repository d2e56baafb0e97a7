import type { Text } from '@desk/schema';
import { useSay } from '../platform/i18n/index.ts';

/** The box that the API keeps signatures in, in its own units. */
export const signatureBox = { width: 600, height: 200 };

/** A drawn signature, as it was drawn. */
export function SignatureImage({ path, label }: { path: string; label: Text }) {
  const { tell } = useSay();
  return (
    <svg
      role="img"
      aria-label={tell(label)}
      viewBox={`0 0 ${signatureBox.width} ${signatureBox.height}`}
      style={{ width: 240, maxWidth: '100%', height: 'auto' }}
    >
      <path
        d={path}
        fill="none"
        stroke="currentColor"
        strokeWidth={3}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
