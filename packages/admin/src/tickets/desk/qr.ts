import { create } from 'qrcode';

/** The address that opens a ticket at the desk, on a phone too. */
export const ticketAddress = (id: string, { origin, pathname } = window.location) =>
  `${origin}${pathname}#/tickets?ticket=${id}`;

/** A QR code as one SVG path in a box of `size` units: dark modules as squares, no script and no picture needed. */
export function qrPath(text: string): { path: string; size: number } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const squares: string[] = [];
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1)
      if (modules.get(row, column)) squares.push(`M${column} ${row}h1v1h-1z`);
  return { path: squares.join(''), size };
}
