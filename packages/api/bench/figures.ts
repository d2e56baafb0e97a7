export const round = (value: number, places = 1): number => Number(value.toFixed(places));

/** The time that so large a share of the times does not exceed. */
export const at = (times: number[], share: number): number =>
  times.sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
