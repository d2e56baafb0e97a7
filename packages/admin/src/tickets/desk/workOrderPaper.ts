/** One A4 sheet, and nothing of the console around it. */
export const paper = `@media print {
  @page { size: A4; margin: 12mm }
  body { background: #fff }
  body * { visibility: hidden }
  #work-order, #work-order * { visibility: visible }
  #work-order { position: absolute; left: 0; top: 0; width: 100%; margin: 0; border: 0; padding: 0 }
}`;
