import { widthOf } from '../platform/format.ts';

/** A name in lines of at most `width` em: words stay whole where they fit, Chinese breaks anywhere; what is left over is cut. */
export function linesOf(text: string, width: number, most: number): string[] {
  const room = Math.max(2, width);
  const lines: string[] = [''];
  for (const piece of text.match(/[\p{ASCII}]+?(?=\s|[^\p{ASCII}]|$)|\s|./gu) ?? []) {
    const line = lines.at(-1) ?? '';
    if (widthOf(line + piece) <= room) lines[lines.length - 1] = line + piece;
    else lines.push(piece.trim());
  }
  const whole = lines.map((line) => line.trim()).filter(Boolean);
  const shown = whole.slice(0, most).map((line) => cut(line, room));
  if (whole.length <= most) return shown;
  return [...shown.slice(0, -1), cut(`${shown.at(-1)}…`, room)];
}

/** As much of a line as fits, with a sign that there is more. */
function cut(line: string, room: number): string {
  if (widthOf(line) <= room) return line;
  let end = line.replace('…', '');
  while (end !== '' && widthOf(`${end}…`) > room) end = [...end].slice(0, -1).join('');
  return `${end}…`;
}
